export namespace app.enums {
  export enum Level {
    /** Regular */
    regular,
    /** Silver */
    silver,
    /** Gold */
    gold,
  }
}
export namespace app.structures {
  export class Line {
    product: String;
    price: Decimal;
    quantity: Long;
  }
  export class Invoice {
    number: String;
    level: app.enums.Level;
    issued: Date;
    lines: List<app.structures.Line>;
    total: Decimal;
  }
  export class Tax {
    name: String;
    rate: Decimal;
    amount: Decimal;
  }
}
export namespace app.logics {
  export function discount(level: app.enums.Level): Decimal {
    let result: Decimal;
    result = (function match(_value) {
      if (_value === app.enums.Level.gold) { return 0.15; }
      else if (_value === app.enums.Level.silver) { return 0.05; }
      else { return 0.0; }
    })(level);
    return result;
  }

  export function lineTotal(line: app.structures.Line, level: app.enums.Level): Decimal {
    let gross: Decimal = line.price * line.quantity;
    return nasl.util.Round(gross * (1 - app.logics.discount(level)) * 100) / 100;
  }

  export function total(invoice: app.structures.Invoice): Decimal {
    let sum: Decimal = 0;
    for (const [index, line] of ListEntries(invoice.lines)) {
      if (line.quantity < 0) {
        abort('the quantity of ' + line.product + ' is negative');
      } else if (line.quantity > 0) {
        sum = sum + app.logics.lineTotal(line, invoice.level);
      }
    }
    return sum;
  }

  /** Taxes in the order of their rates; the last takes what rounding leaves */
  export function taxes(invoice: app.structures.Invoice, rates: Map<String, Decimal>): List<app.structures.Tax> {
    let result: List<app.structures.Tax>;
    let base: Decimal = app.logics.total(invoice);
    let rate: Decimal;
    let tax: app.structures.Tax;
    for (const [index, name] of ListEntries(nasl.util.MapKeys(rates))) {
      rate = nasl.util.MapGet(rates, name);
      tax = new app.structures.Tax({ name: name, rate: rate });
      tax.amount = nasl.util.Round(base * rate * 100) / 100;
      nasl.util.Add(result, tax);
    }
    nasl.util.ListSort(result, (item) => ({ by: item.rate, asc: true }));
    return result;
  }

  /** Sums of invoices by level, only those issued since a day */
  export function byLevel(invoices: List<app.structures.Invoice>, since: Date): Map<String, Decimal> {
    let result: Map<String, Decimal>;
    let recent: List<app.structures.Invoice>;
    let key: String;
    recent = nasl.util.ListFilter(invoices, (item) => item.issued >= since && item.level != null);
    for (const [index, invoice] of ListEntries(recent)) {
      key = nasl.util.EnumItemToText(invoice.level);
      if (!nasl.util.MapContains(result, key)) {
        nasl.util.MapPut(result, key, 0);
      }
      nasl.util.MapPut(result, key, nasl.util.MapGet(result, key) + app.logics.total(invoice));
    }
    return result;
  }

  export function due(invoice: app.structures.Invoice): Date {
    let days: Long = 14;
    if (invoice.level == app.enums.Level.gold) {
      days = 30;
    }
    return nasl.util.AddDays(invoice.issued, days);
  }

  export function cheapest(lines: List<app.structures.Line>, most: Decimal): List<String> {
    let fitting: List<app.structures.Line>;
    let names: List<String>;
    fitting = nasl.util.ListFilter(lines, (line) => line.price * line.quantity <= most);
    nasl.util.ListSort(fitting, (line) => ({ by: line.price, asc: true }), (line) => ({ by: line.product, asc: true }));
    names = nasl.util.ListTransform(nasl.util.ListSlice(fitting, 0, 3), (line) => line.product);
    return nasl.util.ListDistinct(names);
  }
}

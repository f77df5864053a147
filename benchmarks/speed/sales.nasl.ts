export namespace app.dataSources.defaultDS.entities {
  @Entity({ tableName: 'customer' })
  export class Customer {
    @Property({ primaryKey: true, rules: ['auto'] })
    id: Long;
    name: String;
    city: String;
    since: Date;
  }
  @Entity({ tableName: 'sale' })
  export class Sale {
    @Property({ primaryKey: true, rules: ['auto'] })
    id: Long;
    customerId: Long;
    product: String;
    amount: Decimal;
    day: Date;
  }
}
export namespace app.structures {
  export class CityLine {
    city: String;
    total: Decimal;
    sales: Long;
  }
}
export namespace app.logics {
  /** One page of sales that fit every filter given */
  export function search(product: String, city: String, least: Decimal, page: Long, size: Long): { list: List<{ id: Long, product: String, amount: Decimal, customer: String }>, total: Long } {
    let result: { list: List<{ id: Long, product: String, amount: Decimal, customer: String }>, total: Long };
    result = PAGINATE(FROM(app.dataSources.defaultDS.entities.SaleEntity, Sale => $
      .LEFT_JOIN(app.dataSources.defaultDS.entities.CustomerEntity, Customer => ON(Sale.customerId == Customer.id))
      .WHERE(LIKE(Sale.product, product) && Customer.city == city && Sale.amount >= least)
      .ORDER_BY([Sale.amount, 'DESC'], [Sale.id, 'ASC'])
      .SELECT({ id: Sale.id, product: Sale.product, amount: Sale.amount, customer: Customer.name })), page, size);
    return result;
  }

  /** Cities by what was sold there, the best first */
  export function byCity(least: Decimal, most: Long): List<app.structures.CityLine> {
    let rows;
    let result: List<app.structures.CityLine>;
    rows = FROM(app.dataSources.defaultDS.entities.SaleEntity, Sale => $
      .INNER_JOIN(app.dataSources.defaultDS.entities.CustomerEntity, Customer => ON(Sale.customerId == Customer.id))
      .GROUP_BY(Customer.city)
      .HAVING(SUM(Sale.amount) > least)
      .ORDER_BY([SUM(Sale.amount), 'DESC'])
      .SELECT({ city: Customer.city, total: SUM(Sale.amount), sales: COUNT(Sale.id) })
      .LIMIT(most));
    for (const [index, row] of ListEntries(rows)) {
      nasl.util.Add(result, new app.structures.CityLine({ city: row.city, total: row.total, sales: row.sales }));
    }
    return result;
  }

  /** The newest customers and their mean sale */
  export function newcomers(day: Date): List<{ name: String, mean: Decimal, last: Date }> {
    let rows: List<{ name: String, mean: Decimal, last: Date }>;
    rows = FROM(app.dataSources.defaultDS.entities.CustomerEntity, Customer => $
      .LEFT_JOIN(app.dataSources.defaultDS.entities.SaleEntity, Sale => ON(Sale.customerId == Customer.id && Sale.amount > 0))
      .WHERE(Customer.since >= day)
      .GROUP_BY(Customer.id, Customer.name)
      .ORDER_BY([Customer.name, 'ASC'])
      .SELECT({ name: Customer.name, mean: AVG(Sale.amount), last: MAX(Sale.day) }));
    return rows;
  }

  /** Totals of the twelve months of a year */
  export function months(year: Long): List<Decimal> {
    let rows;
    let sums: Map<Long, Decimal>;
    let result: List<Decimal>;
    rows = FROM(app.dataSources.defaultDS.entities.SaleEntity, Sale => $
      .WHERE(YEAR(Sale.day) == year)
      .GROUP_BY(MONTH(Sale.day))
      .SELECT({ month: MONTH(Sale.day), total: SUM(Sale.amount) }));
    for (const [index, row] of ListEntries(rows)) {
      nasl.util.MapPut(sums, row.month, row.total);
    }
    for (const [index, month] of ListEntries(nasl.util.ListRange(1, 13, 1))) {
      if (nasl.util.MapContains(sums, month)) {
        nasl.util.Add(result, nasl.util.MapGet(sums, month));
      } else {
        nasl.util.Add(result, 0);
      }
    }
    return result;
  }

  /** Buyers of a product who have spent more than a limit on all */
  export function goodBuyers(product: String, limit: Decimal): List<String> {
    let rows;
    let names: List<String>;
    rows = FROM(app.dataSources.defaultDS.entities.CustomerEntity, Customer => $
      .INNER_JOIN(app.dataSources.defaultDS.entities.SaleEntity, Sale => ON(Sale.customerId == Customer.id))
      .WHERE(IN(Customer.id, FROM(app.dataSources.defaultDS.entities.SaleEntity, S => $.WHERE(S.product == product).SELECT(S.customerId))))
      .GROUP_BY(Customer.id, Customer.name)
      .HAVING(SUM(Sale.amount) > limit)
      .SELECT({ id: Customer.id, name: Customer.name }));
    names = nasl.util.ListTransform(rows, (row) => row.name);
    nasl.util.ListSort(names, (name) => ({ by: name, asc: true }));
    return nasl.util.ListDistinct(names);
  }
}

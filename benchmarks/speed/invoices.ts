import { addDays, labelOf } from './library';

export enum Level {
  /** Regular */
  regular = 'regular',
  /** Silver */
  silver = 'silver',
  /** Gold */
  gold = 'gold',
}

export interface Line {
  product: string;
  price: number;
  quantity: number;
}

export interface Invoice {
  number: string;
  level: Level | null;
  issued: Date;
  lines: Line[];
  total: number;
}

export interface Tax {
  name: string;
  rate: number;
  amount: number;
}

export function discount(level: Level | null): number {
  switch (level) {
    case Level.gold:
      return 0.15;
    case Level.silver:
      return 0.05;
    default:
      return 0.0;
  }
}

export function lineTotal(line: Line, level: Level | null): number {
  const gross: number = line.price * line.quantity;
  return Math.round(gross * (1 - discount(level)) * 100) / 100;
}

export function total(invoice: Invoice): number {
  let sum: number = 0;
  for (const line of invoice.lines) {
    if (line.quantity < 0) {
      throw new Error('the quantity of ' + line.product + ' is negative');
    } else if (line.quantity > 0) {
      sum = sum + lineTotal(line, invoice.level);
    }
  }
  return sum;
}

/** Taxes in the order of their rates; the last takes what rounding leaves */
export function taxes(invoice: Invoice, rates: Map<string, number>): Tax[] {
  const result: Tax[] = [];
  const base: number = total(invoice);
  let rate: number;
  let tax: Tax;
  for (const name of rates.keys()) {
    rate = rates.get(name) ?? 0;
    tax = { name: name, rate: rate, amount: 0 };
    tax.amount = Math.round(base * rate * 100) / 100;
    result.push(tax);
  }
  result.sort((a, b) => a.rate - b.rate);
  return result;
}

/** Sums of invoices by level, only those issued since a day */
export function byLevel(invoices: Invoice[], since: Date): Map<string, number> {
  const result = new Map<string, number>();
  let recent: Invoice[];
  let key: string;
  recent = invoices.filter((item) => item.issued >= since && item.level !== null);
  for (const invoice of recent) {
    key = labelOf(invoice.level);
    if (!result.has(key)) {
      result.set(key, 0);
    }
    result.set(key, (result.get(key) ?? 0) + total(invoice));
  }
  return result;
}

export function due(invoice: Invoice): Date {
  let days: number = 14;
  if (invoice.level === Level.gold) {
    days = 30;
  }
  return addDays(invoice.issued, days);
}

export function cheapest(lines: Line[], most: number): string[] {
  let fitting: Line[];
  let names: string[];
  fitting = lines.filter((line) => line.price * line.quantity <= most);
  fitting.sort((a, b) => a.price - b.price || a.product.localeCompare(b.product));
  names = fitting.slice(0, 3).map((line) => line.product);
  return [...new Set(names)];
}

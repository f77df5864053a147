import { avg, count, from, like, max, monthOf, sum, table, yearOf, type Page } from './library';

export interface Customer {
  id: number;
  name: string;
  city: string;
  since: Date;
}

export interface Sale {
  id: number;
  customerId: number;
  product: string;
  amount: number;
  day: Date;
}

export const customers = table<Customer>('customer');
export const sales = table<Sale>('sale');

export interface CityLine {
  city: string;
  total: number;
  sales: number;
}

/** One page of sales that fit every filter given */
export function search(
  product: string, city: string, least: number, page: number, size: number,
): Page<{ id: number; product: string; amount: number; customer: string }> {
  let result: Page<{ id: number; product: string; amount: number; customer: string }>;
  result = from(sales)
    .leftJoin(customers, (sale, customer) => sale.customerId === customer.id)
    .where((sale, customer) => like(sale.product, product) && customer.city === city && sale.amount >= least)
    .orderBy((sale) => [[sale.amount, 'DESC'], [sale.id, 'ASC']])
    .select((sale, customer) => ({ id: sale.id, product: sale.product, amount: sale.amount, customer: customer.name }))
    .page(page, size);
  return result;
}

/** Cities by what was sold there, the best first */
export function byCity(least: number, most: number): CityLine[] {
  const result: CityLine[] = [];
  const rows = from(sales)
    .innerJoin(customers, (sale, customer) => sale.customerId === customer.id)
    .groupBy((sale, customer) => [customer.city])
    .having((sale) => sum(sale.amount) > least)
    .orderBy((sale) => [[sum(sale.amount), 'DESC']])
    .select((sale, customer) => ({ city: customer.city, total: sum(sale.amount), sales: count(sale.id) }))
    .limit(most)
    .all();
  for (const row of rows) {
    result.push({ city: row.city, total: row.total, sales: row.sales });
  }
  return result;
}

/** The newest customers and their mean sale */
export function newcomers(day: Date): { name: string; mean: number; last: Date }[] {
  let rows: { name: string; mean: number; last: Date }[];
  rows = from(customers)
    .leftJoin(sales, (customer, sale) => sale.customerId === customer.id && sale.amount > 0)
    .where((customer) => customer.since >= day)
    .groupBy((customer) => [customer.id, customer.name])
    .orderBy((customer) => [[customer.name, 'ASC']])
    .select((customer, sale) => ({ name: customer.name, mean: avg(sale.amount), last: max(sale.day) }))
    .all();
  return rows;
}

/** Totals of the twelve months of a year */
export function months(year: number): number[] {
  const sums = new Map<number, number>();
  const result: number[] = [];
  const rows = from(sales)
    .where((sale) => yearOf(sale.day) === year)
    .groupBy((sale) => [monthOf(sale.day)])
    .select((sale) => ({ month: monthOf(sale.day), total: sum(sale.amount) }))
    .all();
  for (const row of rows) {
    sums.set(row.month, row.total);
  }
  for (let month = 1; month < 13; month = month + 1) {
    if (sums.has(month)) {
      result.push(sums.get(month) ?? 0);
    } else {
      result.push(0);
    }
  }
  return result;
}

/** Buyers of a product who have spent more than a limit on all */
export function goodBuyers(product: string, limit: number): string[] {
  let names: string[];
  const ids = from(sales).where((s) => s.product === product).select((s) => s.customerId).all();
  const rows = from(customers)
    .innerJoin(sales, (customer, sale) => sale.customerId === customer.id)
    .where((customer) => ids.includes(customer.id))
    .groupBy((customer) => [customer.id, customer.name])
    .having((customer, sale) => sum(sale.amount) > limit)
    .select((customer) => ({ id: customer.id, name: customer.name }))
    .all();
  names = rows.map((row) => row.name);
  names.sort((a, b) => a.localeCompare(b));
  return [...new Set(names)];
}

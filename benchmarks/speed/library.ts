// What the TypeScript programs of the benchmark know of their surroundings: days, labels, tables and queries.

export declare function addDays(day: Date, days: number): Date;
export declare function labelOf(item: string | null): string;
export declare function monthOf(day: Date): number;
export declare function yearOf(day: Date): number;
export declare function now(): Date;
export declare function like(text: string | null, pattern: string | null): boolean;
export declare function sum(value: number): number;
export declare function count(value: unknown): number;
export declare function avg(value: number): number;
export declare function max<T>(value: T): T;

export type Direction = 'ASC' | 'DESC';

export interface Page<T> {
  list: T[];
  total: number;
}

export interface Rows<T> {
  limit(count: number): Rows<T>;
  all(): T[];
  page(page: number, size: number): Page<T>;
}

export interface Query<A extends unknown[]> {
  leftJoin<B>(table: Table<B>, on: (...rows: [...A, B]) => boolean): Query<[...A, B]>;
  innerJoin<B>(table: Table<B>, on: (...rows: [...A, B]) => boolean): Query<[...A, B]>;
  where(condition: (...rows: A) => boolean): Query<A>;
  groupBy(keys: (...rows: A) => unknown[]): Query<A>;
  having(condition: (...rows: A) => boolean): Query<A>;
  orderBy(keys: (...rows: A) => [unknown, Direction][]): Query<A>;
  select<T>(row: (...rows: A) => T): Rows<T>;
}

export interface Table<T> {
  get(id: number): T;
  create(row: Partial<T>): T;
  update(row: T): T;
  updateBy(row: Partial<T>, condition: (row: T) => boolean): number;
  createOrUpdate(row: Partial<T>): T;
  delete(id: number): number;
  deleteBy(condition: (row: T) => boolean): number;
  batchUpdate(rows: T[]): T[];
}

export declare function from<T>(table: Table<T>): Query<[T]>;
export declare function table<T>(name: string): Table<T>;

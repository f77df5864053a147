import { addDays, from, table } from './library';

export enum CarState {
  /** Free */
  free = 'free',
  /** Rented */
  rented = 'rented',
  /** In repair */
  repair = 'repair',
}

export interface Car {
  id: number;
  plate: string;
  state: CarState;
  dayPrice: number;
  mileage: number;
}

export interface Rental {
  id: number;
  carId: number;
  customer: string;
  start: Date;
  end: Date;
  price: number;
  closed: boolean;
}

export const cars = table<Car>('car');
export const rentals = table<Rental>('rental');

/** A new car, free to rent */
export function addCar(plate: string, dayPrice: number): Car {
  if (plate.trim().length === 0) {
    throw new Error('a plate is needed');
  }
  const car: Partial<Car> = { plate: plate.toUpperCase(), dayPrice: dayPrice, mileage: 0 };
  car.state = CarState.free;
  return cars.create(car);
}

export function rent(carId: number, customer: string, start: Date, days: number): Rental {
  let car: Car = cars.get(carId);
  let rental: Partial<Rental>;
  let price: number;
  if (car.state !== CarState.free) {
    throw new Error(`car ${car.plate} is not free`);
  }
  price = car.dayPrice * days;
  if (days >= 7) {
    price = price * 0.9;
  }
  rental = { carId: carId, customer: customer, start: start };
  rental.end = addDays(start, days);
  rental.price = price;
  rental.closed = false;
  car.state = CarState.rented;
  car = cars.update(car);
  return rentals.create(rental);
}

/** Takes a car back; what is due for the extra distance is added to the price */
export function giveBack(rentalId: number, mileage: number, perUnit: number): number {
  let rental: Rental = rentals.get(rentalId);
  let car: Car;
  let extra: number;
  if (rental.closed) {
    return rental.price;
  }
  car = cars.get(rental.carId);
  extra = mileage - car.mileage;
  if (extra > 1000) {
    rental.price = rental.price + (extra - 1000) * perUnit;
  }
  rental.closed = true;
  car.mileage = mileage;
  car.state = CarState.free;
  car = cars.update(car);
  rental = rentals.update(rental);
  return rental.price;
}

export function raisePrices(percent: number, least: number): number {
  let changed: number;
  const found = from(cars)
    .where((car) => car.dayPrice >= least)
    .select((car) => car)
    .all();
  for (const car of found) {
    car.dayPrice = Math.round(car.dayPrice * (1 + percent / 100) * 100) / 100;
  }
  changed = cars.batchUpdate(found).length;
  return changed;
}

export function removeOld(mileage: number): number {
  let closed: number;
  closed = rentals.deleteBy((r) => r.closed === true);
  return closed + cars.deleteBy((c) => c.mileage > mileage && c.state === CarState.repair);
}

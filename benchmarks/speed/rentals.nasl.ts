export namespace app.enums {
  export enum CarState { /** Free */ free, /** Rented */ rented, /** In repair */ repair }
}
export namespace app.dataSources.defaultDS.entities {
  @Entity({ tableName: 'car' })
  export class Car {
    @Property({ primaryKey: true, rules: ['auto'] })
    id: Long;
    @Property({ required: true })
    plate: String;
    state: app.enums.CarState;
    dayPrice: Decimal;
    mileage: Long;
  }
  @Entity({ tableName: 'rental' })
  export class Rental {
    @Property({ primaryKey: true, rules: ['auto'] })
    id: Long;
    carId: Long;
    customer: String;
    start: Date;
    end: Date;
    price: Decimal;
    closed: Boolean;
  }
}
export namespace app.logics {
  /** A new car, free to rent */
  export function addCar(plate: String, dayPrice: Decimal): app.dataSources.defaultDS.entities.Car {
    let car: app.dataSources.defaultDS.entities.Car;
    if (nasl.util.Length(nasl.util.Trim(plate)) == 0) {
      abort('a plate is needed');
    }
    car = new app.dataSources.defaultDS.entities.Car({ plate: nasl.util.ToUpper(plate), dayPrice: dayPrice, mileage: 0 });
    car.state = app.enums.CarState.free;
    return app.dataSources.defaultDS.entities.CarEntity.create(car);
  }

  /** @transactional */
  export function rent(carId: Long, customer: String, start: Date, days: Long): app.dataSources.defaultDS.entities.Rental {
    let car: app.dataSources.defaultDS.entities.Car = app.dataSources.defaultDS.entities.CarEntity.get(carId);
    let rental: app.dataSources.defaultDS.entities.Rental;
    let price: Decimal;
    if (car.state != app.enums.CarState.free) {
      abort(`car ${car.plate} is not free`);
    }
    price = car.dayPrice * days;
    if (days >= 7) {
      price = price * 0.9;
    }
    rental = new app.dataSources.defaultDS.entities.Rental({ carId: carId, customer: customer, start: start });
    rental.end = nasl.util.AddDays(start, days);
    rental.price = price;
    rental.closed = false;
    car.state = app.enums.CarState.rented;
    car = app.dataSources.defaultDS.entities.CarEntity.update(car);
    return app.dataSources.defaultDS.entities.RentalEntity.create(rental);
  }

  /** Takes a car back; what is due for the extra distance is added to the price */
  export function giveBack(rentalId: Long, mileage: Long, perUnit: Decimal): Decimal {
    let rental: app.dataSources.defaultDS.entities.Rental = app.dataSources.defaultDS.entities.RentalEntity.get(rentalId);
    let car: app.dataSources.defaultDS.entities.Car;
    let extra: Long;
    if (rental.closed) {
      return rental.price;
    }
    car = app.dataSources.defaultDS.entities.CarEntity.get(rental.carId);
    extra = mileage - car.mileage;
    if (extra > 1000) {
      rental.price = rental.price + (extra - 1000) * perUnit;
    }
    rental.closed = true;
    car.mileage = mileage;
    car.state = app.enums.CarState.free;
    car = app.dataSources.defaultDS.entities.CarEntity.update(car);
    rental = app.dataSources.defaultDS.entities.RentalEntity.update(rental);
    return rental.price;
  }

  export function raisePrices(percent: Decimal, least: Decimal): Long {
    let cars;
    let changed: Long;
    cars = FROM(app.dataSources.defaultDS.entities.CarEntity, Car => $.WHERE(Car.dayPrice >= least));
    for (const [index, car] of ListEntries(cars)) {
      car.dayPrice = nasl.util.Round(car.dayPrice * (1 + percent / 100) * 100) / 100;
    }
    changed = nasl.util.Length(app.dataSources.defaultDS.entities.CarEntity.batchUpdate(cars));
    return changed;
  }

  export function removeOld(mileage: Long): Long {
    let closed: Long;
    closed = app.dataSources.defaultDS.entities.RentalEntity.deleteBy((r) => r.closed == true);
    return closed + app.dataSources.defaultDS.entities.CarEntity.deleteBy((c) => c.mileage > mileage && c.state == app.enums.CarState.repair);
  }
}

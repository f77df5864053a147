export namespace app.logics {
  export function numericalLetterGrade(points: List<Decimal>): List<String> {
    return nasl.util.ListTransform(points, (item) => gradeOf(item));
  }

  export function gradeOf(point: Decimal): String {
    let limits: List<Decimal> = [3.7, 3.3, 3.0, 2.7, 2.3, 2.0, 1.7, 1.3, 1.0, 0.7, 0.0];
    let grades: List<String> = ['A', 'A-', 'B+', 'B', 'B-', 'C+', 'C', 'C-', 'D+', 'D', 'D-'];
    if (point == 4) {
      return 'A+';
    }
    for (const [index, limit] of ListEntries(limits)) {
      if (point > limit) {
        return nasl.util.Get(grades, index);
      }
    }
    return 'E';
  }
}

export namespace app.logics {
  export function numericalLetterGrade(points: List<Decimal>): List<String> {
    let grades: List<String>;
    for (const [index, point] of ListEntries(points)) {
      nasl.util.Add(grades, grade(point));
    }
    return grades;
  }

  function grade(point: Decimal): String {
    if (point == 0) {
      return 'E';
    } else if (point <= 0.7) {
      return 'D-';
    } else if (point <= 1) {
      return 'D';
    } else if (point <= 1.3) {
      return 'D+';
    } else if (point <= 1.7) {
      return 'C-';
    } else if (point <= 2) {
      return 'C';
    } else if (point <= 2.3) {
      return 'C+';
    } else if (point <= 2.7) {
      return 'B-';
    } else if (point <= 3) {
      return 'B';
    } else if (point <= 3.3) {
      return 'B+';
    } else if (point <= 3.7) {
      return 'A-';
    } else if (point < 4) {
      return 'A';
    }
    return 'A+';
  }
}

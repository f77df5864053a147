export namespace app.structures {
  /** One word and how often it occurs */
  export class WordCount {
    word: String;
    count: Long;
    share: Decimal;
  }
}
export namespace app.logics {
  /** Words in lower case, without the marks around them */
  export function words(text: String): List<String> {
    let result: List<String>;
    let bare: String;
    for (const [index, part] of ListEntries(nasl.util.Split(text, ' '))) {
      bare = nasl.util.ToLower(nasl.util.Trim(part));
      bare = nasl.util.Replace(bare, ',', '');
      bare = nasl.util.Replace(bare, '.', '');
      if (nasl.util.Length(bare) > 0) {
        nasl.util.Add(result, bare);
      }
    }
    return result;
  }

  /** Every word with its count, the most frequent first */
  export function frequencies(text: String, least: Long): List<app.structures.WordCount> {
    let counts: Map<String, Long>;
    let all: List<String> = app.logics.words(text);
    let result: List<app.structures.WordCount>;
    let total: Long = 0;
    let line: app.structures.WordCount;
    for (const [index, word] of ListEntries(all)) {
      if (nasl.util.MapContains(counts, word)) {
        nasl.util.MapPut(counts, word, nasl.util.MapGet(counts, word) + 1);
      } else {
        nasl.util.MapPut(counts, word, 1);
      }
      total = total + 1;
    }
    for (const [index, word] of ListEntries(nasl.util.MapKeys(counts))) {
      if (nasl.util.MapGet(counts, word) >= least && total > 0) {
        line = new app.structures.WordCount({ word: word, count: nasl.util.MapGet(counts, word) });
        line.share = line.count / total;
        nasl.util.Add(result, line);
      }
    }
    nasl.util.ListSort(result, (item) => ({ by: item.count, asc: false }), (item) => ({ by: item.word, asc: true }));
    return result;
  }

  /** Reads the same from both ends, letter case and blanks apart */
  export function isPalindrome(text: String): Boolean {
    let bare: String = nasl.util.ToLower(nasl.util.Replace(text, ' ', ''));
    let left: Long = 0;
    let right: Long;
    let same: Boolean = true;
    right = nasl.util.Length(bare) - 1;
    while (left < right && same) {
      if (nasl.util.SubString(bare, left, 1) != nasl.util.SubString(bare, right, 1)) {
        same = false;
      }
      left = left + 1;
      right = right - 1;
    }
    return same;
  }

  /** A table as text, columns padded to the widest word */
  export function table(rows: List<app.structures.WordCount>): String {
    let widths: List<Long>;
    let width: Long = 4;
    let lines: List<String>;
    widths = nasl.util.ListTransform(rows, (row) => nasl.util.Length(row.word));
    if (nasl.util.Length(widths) > 0) {
      width = nasl.util.ListMax(widths) + 2;
    }
    nasl.util.Add(lines, nasl.util.PadEnd('Word', width, ' ') + nasl.util.PadStart('Count', 8, ' '));
    nasl.util.Add(lines, nasl.util.PadEnd('', width + 8, '-'));
    for (const [index, row] of ListEntries(rows)) {
      nasl.util.Add(lines, nasl.util.PadEnd(row.word, width, ' ') + nasl.util.PadStart(nasl.util.ToString(row.count), 8, ' '));
    }
    return nasl.util.Join(lines, '\n');
  }

  /** Long words first letters upper, short ones as they are */
  export function title(text: String, shortest: Long): String {
    let parts: List<String> = nasl.util.Split(text, ' ');
    let result: List<String>;
    for (const [index, part] of ListEntries(parts)) {
      if (index == 0 || nasl.util.Length(part) >= shortest) {
        nasl.util.Add(result, nasl.util.ToUpper(nasl.util.SubString(part, 0, 1)) + nasl.util.SubString(part, 1));
      } else {
        nasl.util.Add(result, part);
      }
    }
    return nasl.util.Join(result, ' ');
  }

  export function report(text: String): String {
    let rows: List<app.structures.WordCount> = app.logics.frequencies(text, 2);
    let first: String = 'nothing';
    if (nasl.util.Length(rows) > 0) {
      first = nasl.util.ListHead(rows).word;
    }
    return app.logics.title(`the most frequent word is ${first}`, 4) + '\n' + app.logics.table(rows);
  }
}

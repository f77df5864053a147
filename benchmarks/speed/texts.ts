/** One word and how often it occurs */
export interface WordCount {
  word: string;
  count: number;
  share: number;
}

/** Words in lower case, without the marks around them */
export function words(text: string): string[] {
  const result: string[] = [];
  let bare: string;
  for (const part of text.split(' ')) {
    bare = part.trim().toLowerCase();
    bare = bare.replaceAll(',', '');
    bare = bare.replaceAll('.', '');
    if (bare.length > 0) {
      result.push(bare);
    }
  }
  return result;
}

/** Every word with its count, the most frequent first */
export function frequencies(text: string, least: number): WordCount[] {
  const counts = new Map<string, number>();
  const all: string[] = words(text);
  const result: WordCount[] = [];
  let total: number = 0;
  let line: WordCount;
  for (const word of all) {
    if (counts.has(word)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    } else {
      counts.set(word, 1);
    }
    total = total + 1;
  }
  for (const word of counts.keys()) {
    if ((counts.get(word) ?? 0) >= least && total > 0) {
      line = { word: word, count: counts.get(word) ?? 0, share: 0 };
      line.share = line.count / total;
      result.push(line);
    }
  }
  result.sort((a, b) => b.count - a.count || a.word.localeCompare(b.word));
  return result;
}

/** Reads the same from both ends, letter case and blanks apart */
export function isPalindrome(text: string): boolean {
  const bare: string = text.replaceAll(' ', '').toLowerCase();
  let left: number = 0;
  let right: number;
  let same: boolean = true;
  right = bare.length - 1;
  while (left < right && same) {
    if (bare.charAt(left) !== bare.charAt(right)) {
      same = false;
    }
    left = left + 1;
    right = right - 1;
  }
  return same;
}

/** A table as text, columns padded to the widest word */
export function table(rows: WordCount[]): string {
  let widths: number[];
  let width: number = 4;
  const lines: string[] = [];
  widths = rows.map((row) => row.word.length);
  if (widths.length > 0) {
    width = Math.max(...widths) + 2;
  }
  lines.push('Word'.padEnd(width, ' ') + 'Count'.padStart(8, ' '));
  lines.push(''.padEnd(width + 8, '-'));
  for (const row of rows) {
    lines.push(row.word.padEnd(width, ' ') + String(row.count).padStart(8, ' '));
  }
  return lines.join('\n');
}

/** Long words first letters upper, short ones as they are */
export function title(text: string, shortest: number): string {
  const parts: string[] = text.split(' ');
  const result: string[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === 0 || part.length >= shortest) {
      result.push(part.slice(0, 1).toUpperCase() + part.slice(1));
    } else {
      result.push(part);
    }
  }
  return result.join(' ');
}

export function report(text: string): string {
  const rows: WordCount[] = frequencies(text, 2);
  let first: string = 'nothing';
  if (rows.length > 0) {
    first = rows[0]!.word;
  }
  return title(`the most frequent word is ${first}`, 4) + '\n' + table(rows);
}

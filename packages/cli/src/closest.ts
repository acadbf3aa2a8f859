/** How many letters must be inserted, deleted, changed or swapped to make one word of the other. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j]! + 1, current[j - 1]! + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        current[j] = Math.min(current[j]!, before[j - 2]! + 1);
      }
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}

/** The words nearest to a mistyped one, best first; none where nothing is near. */
export function closest(word: string, words: Iterable<string>, count = 3): string[] {
  const wanted = word.toLowerCase().slice(0, 40);
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const near: { candidate: string; far: number }[] = [];
  for (const candidate of words) {
    const far = candidate.startsWith(wanted) && wanted !== "" ? 1 : distance(wanted, candidate);
    if (far <= limit && far < Math.max(wanted.length, 2)) near.push({ candidate, far });
  }
  near.sort((a, b) => a.far - b.far);
  return near.slice(0, count).map((entry) => entry.candidate);
}

/** `Did you mean nv12 or nv21?`; undefined where nothing is near. */
export function didYouMean(word: string, words: Iterable<string>): string | undefined {
  const near = closest(word, words);
  const last = near.pop();
  if (last === undefined) return undefined;
  return `Did you mean ${near.length === 0 ? last : `${near.join(", ")} or ${last}`}?`;
}

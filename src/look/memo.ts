/**
 * Keeps the answers of a pure function that draws: the same facts give the same picture. The oldest half is forgotten when full.
 */
export function remember<Facts>(
  draw: (facts: Facts) => string,
  keyOf: (facts: Facts) => string,
  most = 2_000,
): (facts: Facts) => string {
  const kept = new Map<string, string>();
  return (facts) => {
    const key = keyOf(facts);
    const known = kept.get(key);
    if (known !== undefined) return known;
    if (kept.size >= most) {
      for (const old of [...kept.keys()].slice(0, most / 2)) kept.delete(old);
    }
    const drawn = draw(facts);
    kept.set(key, drawn);
    return drawn;
  };
}

/** Escapes text for SVG and HTML that is written as strings. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

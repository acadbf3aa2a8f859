/** The UTF-16 units of a text and a zero. Half a surrogate becomes U+FFFD, as it does in UTF-8. */
export function utf16(text: string): Uint16Array {
  const whole = text.toWellFormed();
  const units = new Uint16Array(whole.length + 1);
  for (let i = 0; i < whole.length; i++) units[i] = whole.charCodeAt(i);
  return units;
}

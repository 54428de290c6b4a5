/** A colour as lightness (0 to 1), chroma and hue in degrees. */
export type Oklch = { l: number; c: number; h: number };

const oklch_pattern = /^oklch\(\s*([\d.]+%?)\s+([\d.]+)\s+([\d.]+)(?:deg)?\s*\)$/;

/** Reads `oklch(0.49 0.09 220)`. Answers null for anything else: a look is written by people. */
export function readOklch(text: string): Oklch | null {
  const found = oklch_pattern.exec(text.trim());
  if (!found) return null;
  const [, light = '', chroma, hue] = found;
  const l = light.endsWith('%') ? Number(light.slice(0, -1)) / 100 : Number(light);
  const colour = { l, c: Number(chroma), h: Number(hue) };
  const usable = Object.values(colour).every(Number.isFinite) && colour.l <= 1 && colour.c <= 0.4 && colour.h <= 360;
  return usable ? colour : null;
}

/** `#rrggbb` of a colour; what a screen cannot show is brought to the nearest side of its gamut. */
export function toHex(colour: Oklch): string {
  return `#${toSrgb(colour)
    .map((channel) =>
      Math.round(channel * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** WCAG 2.2 contrast ratio of two colours, from 1 to 21. Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Oklch, other: Oklch): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Mixes as CSS `color-mix(in oklab, one share, other)` does; `share` from 0 to 1. */
export function mix(one: Oklch, share: number, other: Oklch): Oklch {
  const [a, b] = [toOklab(one), toOklab(other)];
  const [l, x, y] = a.map((value, index) => value * share + (b[index] ?? 0) * (1 - share)) as [number, number, number];
  return { l, c: Math.hypot(x, y), h: ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360 };
}

function toOklab({ l, c, h }: Oklch): [number, number, number] {
  const angle = (h * Math.PI) / 180;
  return [l, c * Math.cos(angle), c * Math.sin(angle)];
}

/** Linear light of red, green and blue. Matrices: https://bottosson.github.io/posts/oklab/ */
function toLinear(colour: Oklch): [number, number, number] {
  const [l, a, b] = toOklab(colour);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
    clip(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
    clip(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short),
  ];
}

function toSrgb(colour: Oklch): number[] {
  return toLinear(colour).map((value) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055));
}

function luminance(colour: Oklch): number {
  const [red, green, blue] = toLinear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export type Colour = 'red' | 'green' | 'yellow' | 'bold';

/** Gives a text a colour on terminals that show some. */
export type Paint = (colour: Colour, text: string) => string;

const ansi: Readonly<Record<Colour, number>> = { red: 31, green: 32, yellow: 33, bold: 1 };

export function painter(colours: boolean): Paint {
  return (colour, text) => (colours ? `\x1b[${ansi[colour]}m${text}\x1b[0m` : text);
}

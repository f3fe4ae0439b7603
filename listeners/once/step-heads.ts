export interface Head {
  readonly text: string;
  readonly depth: number;
}

interface OpenStep {
  readonly text: string;
  readonly isLeaf: boolean;
  isSaid: boolean;
  pass: number;
  isPassSaid: boolean;
}

/** The headings of the steps that the user is in: said once something happens in them, or when they are left. */
export class StepHeads {
  readonly #open: OpenStep[] = [];

  get depth(): number {
    return this.#open.length;
  }

  /** The greatest number of a pass of all loops that the user is in; 0 outside of any. */
  get passes(): number {
    return Math.max(0, ...this.#open.map(({ pass }) => pass));
  }

  enter(text: string, isLeaf: boolean): void {
    this.#open.push({ text, isLeaf, isSaid: false, pass: 0, isPassSaid: true });
  }

  pass(number: number): void {
    const step = this.#open.at(-1);
    if (!step) return;
    step.pass = number;
    step.isPassSaid = false;
  }

  /** Headings to say before something that happens now. */
  unsaid(): Head[] {
    return this.#open.flatMap((step, depth) => {
      const heads = [
        ...(step.isSaid ? [] : [{ text: step.text, depth }]),
        ...(step.isPassSaid ? [] : [{ text: `pass ${step.pass}`, depth: depth + 1 }]),
      ];
      step.isSaid = true;
      step.isPassSaid = true;
      return heads;
    });
  }

  /** What to say of a step that is left and in which nothing has happened; steps without steps inside say all by their heading. */
  leave(): Head[] {
    const step = this.#open.at(-1);
    const heads = step && !step.isSaid ? this.unsaid() : [];
    this.#open.pop();
    return heads.map((head) =>
      head.depth === this.#open.length && step?.isLeaf === false
        ? { ...head, text: `${head.text}: nothing in it runs` }
        : head,
    );
  }
}

import type { ElementUser, Flow, OpenTransaction, Run } from './element.ts';

/**
 * Steps of one user that are left in the middle and taken up again where they were.
 *
 * Between turns they wait for a promise; what they had set of the user, its pass and the transactions it is in, is put
 * aside, so that what runs meanwhile is not in them. At the user's end they stay where they are: nothing inside may hold
 * what others need (`Controller.whole`).
 */
export class Block {
  readonly user: ElementUser;
  readonly #run: Run;
  #isUnderWay = false;
  #takeUp: () => void = () => undefined;
  /** Settles the turn that is being taken. */
  #leave: (flow: Flow | null) => void = () => undefined;
  #fail: (error: unknown) => void = () => undefined;
  /** Transactions that the user was in when the turn began. */
  #depth = 0;
  #loopPass = 0;

  constructor(run: Run, user: ElementUser) {
    this.#run = run;
    this.user = user;
  }

  /** Goes on until one step is done: null; or until the end: where to go from there. */
  async turn(): Promise<Flow | null> {
    const { user } = this;
    this.#depth = user.transactions.length;
    this.#loopPass = user.loopPass;
    const settled = new Promise<Flow | null>((resolve, reject) => {
      this.#leave = resolve;
      this.#fail = reject;
    });
    if (this.#isUnderWay) this.#takeUp();
    else void this.#begin();
    return settled;
  }

  /** Called by a step inside that is done: ends the turn, and resolves in the next one. */
  async halt(): Promise<Flow> {
    const { user } = this;
    const transactions: OpenTransaction[] = user.transactions.splice(this.#depth);
    const { loopPass } = user;
    user.loopPass = this.#loopPass;
    await new Promise<void>((resolve) => {
      this.#takeUp = resolve;
      this.#leave(null);
    });
    user.transactions.push(...transactions);
    user.loopPass = loopPass;
    return 'next';
  }

  async #begin(): Promise<void> {
    this.#isUnderWay = true;
    try {
      const flow = await this.#run(this.user);
      this.#end();
      this.#leave(flow);
    } catch (error) {
      this.#end();
      this.#fail(error);
    }
  }

  /** A loop inside has put back the pass of the turn it began in, which may be long over. */
  #end(): void {
    this.#isUnderWay = false;
    this.user.loopPass = this.#loopPass;
  }
}

export type RefusalStatus = 400 | 403 | 404 | 409 | 422 | 429 | 503;

export type RefusalDetails = {
  /** Field of the form -> word of what is wrong with it. */
  readonly fields?: Record<string, string> | undefined;
  /** What the sentence of this refusal needs to be told, already formatted for people. */
  readonly params?: Record<string, string | number> | undefined;
};

/** An expected "no": a word for what stands in the way, translated at the edge. Our own mistakes are asserted instead. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly status: RefusalStatus;
  readonly fields?: Record<string, string> | undefined;
  readonly params?: Record<string, string | number> | undefined;

  constructor(code: string, status: RefusalStatus = 422, details: RefusalDetails = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.fields = details.fields;
    this.params = details.params;
  }
}

/** Ends what is being done with a `Refusal`; 422 unless said otherwise. */
export function refuse(code: string, status: RefusalStatus = 422, details: RefusalDetails = {}): never {
  throw new Refusal(code, status, details);
}

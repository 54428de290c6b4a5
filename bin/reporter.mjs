// How test results are shown: as Node's own reporter shows them, and one last line that says how many passed.
import { Readable } from 'node:stream';
import { spec } from 'node:test/reporters';

export default async function* (events) {
  let counts = { passed: 0, failed: 1, cancelled: 0, skipped: 0 };
  async function* noted() {
    for await (const event of events) {
      if (event.type === 'test:summary' && event.data.file === undefined) counts = event.data.counts;
      yield event;
    }
  }
  yield* Readable.from(noted()).pipe(new spec());
  const failed = counts.failed + counts.cancelled;
  yield `\n${counts.passed} passed, ${failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}\n`;
}

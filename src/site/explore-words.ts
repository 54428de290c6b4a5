import { fold } from '../kit/index.ts';

/** A name as a filter writes it in an address, the same as `filter_word` of the database: "Pays de la Loire" is "pays-de-la-loire". */
export function filterWord(name: string): string {
  return fold(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join('-');
}

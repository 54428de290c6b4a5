import type { Promises } from '../platform/promises.ts';

/** What must never be false of the books (money.md 1 and 2). Each query returns the rows that break it: none. */
export const promises: Promises = {
  stored_balances_equal_sums: `
    select a.id, a.kind, a.owner, a.balance_cents, coalesce(s.cents, 0) as sum_cents
      from accounts a left join (
        select id, sum(cents) as cents from (
          select to_account as id, amount_cents as cents from movements union all select from_account, -amount_cents from movements) m
        group by id) s on s.id = a.id
     where a.stored and a.balance_cents <> coalesce(s.cents, 0)`,
  every_currency_sums_to_zero: `
    select currency, sum(cents) from (
      select t.currency, m.amount_cents as cents from movements m join accounts t on t.id = m.to_account
      union all select f.currency, -m.amount_cents from movements m join accounts f on f.id = m.from_account) m
     group by currency having sum(cents) <> 0`,
  movement_stays_in_its_currency_and_host: `
    select m.id from movements m join accounts f on f.id = m.from_account join accounts t on t.id = m.to_account
     where f.currency <> m.currency or t.currency <> m.currency or f.host_id <> t.host_id`,
  no_guarded_account_below_zero: `
    select a.id, a.kind, a.owner, a.balance_cents from accounts a where a.stored and a.balance_cents < 0`,
  no_entry_without_movement: `
    select e.id, e.kind from entries e where not exists (select from movements m where m.entry_id = e.id)`,
};

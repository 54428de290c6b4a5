import {
  Amounts,
  Button,
  Choice,
  Choices,
  ErrorSummary,
  Field,
  Form,
  Live,
  LiveTotal,
  Panel,
  Select,
  TextArea,
} from '../look/index.ts';
import type { Visit } from '../visits/index.ts';
import type { StyleSection } from './style.tsx';

/** Fields, choices and amounts, as they are and when something must be mended. */
export function formSections(visit: Visit): StyleSection[] {
  return [fields(visit), choices(), amounts(visit)];
}

function fields(visit: Visit): StyleSection {
  const { t } = visit;
  const errors = {
    style_email: 'Write your e-mail address, for example ada@example.org.',
    style_amount: 'Write how much you want to give: at least €1.',
  };
  const body = (
    <div class="stack">
      <ErrorSummary t={t} errors={errors} />
      <div class="split">
        <Form visit={visit} action="/dev/style" method="get" label="Fields as they are">
          <Field t={t} name="name" label="Name" autocomplete="name" />
          <Field t={t} name="city" label="City" optional hint="So that the node nearest to you can greet you." />
          <Field t={t} name="price" label="Price" before="€" inputmode="decimal" size={8} value="12,50" />
          <Select
            t={t}
            name="country"
            label="Country"
            value="FR"
            options={[
              { value: 'ES', label: 'Spain' },
              { value: 'FR', label: 'France' },
            ]}
          />
          <TextArea t={t} name="message" label="Message" optional rows={3} />
          <Button type="button">Save</Button>
        </Form>
        <Form visit={visit} action="/dev/style" method="get" label="Fields to mend">
          <Field
            t={t}
            name="style_email"
            type="email"
            label="E-mail"
            value="ada@"
            error={errors.style_email}
            hint="We send you the receipt and nothing else."
          />
          <Field t={t} name="style_price" label="Price" before="€" size={8} value="-3" error="Write a price above zero." />
          <TextArea
            t={t}
            name="style_reason"
            label="Reason"
            rows={3}
            error="Write why, so that the people concerned can read it."
          />
        </Form>
      </div>
    </div>
  );
  return { id: 'fields', title: 'Fields', body };
}

function choices(): StyleSection {
  const body = (
    <div class="split">
      <Choices name="reward" legend="In return">
        <Choice
          name="reward"
          value="none"
          checked
          label="Nothing for me, thank you"
          more="The commons are for everyone anyway."
        />
        <Choice
          name="reward"
          value="part"
          label="A part with your name"
          aside="from €15"
          more="February. We ask for your address after the round."
        >
          <p class="small">What belongs to this choice is shown while it is taken.</p>
        </Choice>
        <Choice name="reward" value="kit" disabled label="The kit" aside="€600" more="All 25 are taken." />
      </Choices>
      <Choices name="visibility" legend="Who may see it" error="Choose who may see your contribution.">
        <Choice name="visibility" value="public" label="My name and the amount" />
        <Choice name="visibility" value="anonymous" label="Nothing of me" />
        <Choice name="agreed" type="checkbox" value="yes" label="I have read the terms" error="Tick it if you agree." />
      </Choices>
    </div>
  );
  return { id: 'choices', title: 'Choices', body };
}

function amounts(visit: Visit): StyleSection {
  const body = (
    <LiveTotal visit={visit} raised_cents={2_184_000n} currency={visit.node.currency}>
      <div class="split">
        <Form visit={visit} action="/dev/style" method="get" label="Amounts">
          <Amounts visit={visit} name="amount" legend="How much" amounts_cents={[1_000n, 2_000n, 5_000n, 10_000n]} value="2000" />
          <Amounts
            visit={visit}
            name="tip"
            legend="Something for the node"
            with_zero
            amounts_cents={[100n, 200n, 500n]}
            value="0"
            hint="Nothing is fine."
          />
          <Amounts
            visit={visit}
            name="style_amount"
            legend="When it is wrong"
            amounts_cents={[1_000n]}
            value="other"
            free_value="1e3"
            error="Write a number of euros, such as 12 or 12,50."
          />
        </Form>
        <Panel title="Live totals">
          <p class="row is-apart">
            To pay <Live of="total">{visit.money(2_000n)}</Live>
          </p>
          <p class="row is-apart">
            With you{' '}
            <Live of="with_you" announce>
              {visit.money(2_186_000n)}
            </Live>
          </p>
        </Panel>
      </div>
    </LiveTotal>
  );
  return { id: 'amounts', title: 'Amounts', body };
}

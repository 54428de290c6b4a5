export type MailStopsTable = {
  address: string;
  topic: string;
  campaign_id: string | null;
  stopped_at: Temporal.Instant;
};

declare module '../platform/db.ts' {
  interface Tables {
    mail_stops: MailStopsTable;
  }
}

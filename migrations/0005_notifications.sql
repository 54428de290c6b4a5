-- Who wants no more news by mail. What is strictly about somebody's own money is always sent.
create table mail_stops (
  address text not null check (address = lower(address)),
  topic text not null check (topic in ('giver_news', 'promoter_news')),
  campaign_id uuid references campaigns,  -- null: of every campaign
  stopped_at timestamptz not null
);
create unique index mail_stopped_once on mail_stops (address, topic, coalesce(campaign_id, '00000000-0000-0000-0000-000000000000'));

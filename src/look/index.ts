export { assetText, assetUrl, prepareAssets, serveAsset } from './assets.ts';
export { Bar } from './bar.tsx';
export { type CardProject, ProjectCard } from './card.tsx';
export { Amounts, Choice, Choices } from './choices.tsx';
export { Cover, type CoverFamily, cover_families } from './cover.tsx';
export { ErrorSummary, Field, Form, type Option, Select, TextArea } from './form.tsx';
export { Gauge, GaugeKey } from './gauge.tsx';
export { type GaugeFacts, shareOf } from './gauge-shape.ts';
export {
  Breadcrumbs,
  type Column,
  type Crumb,
  DataTable,
  Pagination,
  type Step,
  Steps,
  Tabs,
  Toc,
  type TocEntry,
} from './lists.tsx';
export { CopyText, Live, LiveTotal } from './live.tsx';
export { MapOfPlaces, type MapPoint } from './map.tsx';
export { checkLook, type NodeLook, usual_look } from './node-look.ts';
export { type PageFacts, page, prepareLook, renderPage } from './page.tsx';
export {
  Button,
  type ButtonKind,
  ButtonLink,
  Chip,
  type ChipKind,
  Empty,
  Money,
  Notice,
  type NoticeKind,
  Panel,
  Time,
  Title,
} from './parts.tsx';
export { nodeName } from './place.ts';
export { Prose } from './prose.tsx';
export { QrCode } from './qr-code.tsx';

export { StateChip, type StateOf } from './state-chip.tsx';

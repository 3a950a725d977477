// The shapes that stand for states and acts: 16 px, one stroke, the text's colour.
const shapes = {
  finished: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5 8.300l2.100 2.100L11 6',
  failed: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.900 5.900l4.200 4.200M10.100 5.900l-4.200 4.200',
  killed: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.300 8h5.400',
  queued: 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.800V8l2.200 1.600',
  running: 'M8 2a6 6 0 1 1-5.300 3.200',
  unknown:
    'M6.300 6.400C6.400 5.400 7.100 4.900 8 4.900c1 0 1.700.6 1.700 1.500 0 1.400-1.700 1.500-1.700 2.900M8 10.600v.7',
  caution: 'M8 2.300l6.200 11.200H1.800zM8 6.300v3.500M8 11.300v.6',
  stop: 'M4.500 4.500h7v7h-7z',
  copy: 'M5.500 5.500h8v8h-8zM3.500 10.500h-1v-8h8v1',
  right: 'M6 4l4 4-4 4',
  down: 'M4 6l4 4 4-4',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  folder: 'M2 4h4.200l1.500 1.700H14V13H2z',
  table: 'M2.500 3.500h11v9h-11zM2.500 6.500h11M6.500 6.500v6',
  star: 'M8 2l1.850 3.850 4.150.550-3.050 2.900.800 4.200L8 11.450 4.250 13.500l.800-4.200L2 6.400l4.150-.550z',
  starred: 'M8 2l1.850 3.850 4.150.550-3.050 2.900.800 4.200L8 11.450 4.250 13.500l.800-4.200L2 6.400l4.150-.550z',
  up: 'M4 10l4-4 4 4',
  close: 'M4.500 4.500l7 7M11.500 4.500l-7 7',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M6 2.500H2.500V6M10 2.500h3.500V6M6 13.500H2.500V10M10 13.500h3.500V10',
  trash: 'M3 4.500h10M6 4.500V3h4v1.500M4.500 4.500l.6 8.500h5.800l.6-8.500',
  save: 'M8 2.500v7.500M5 7.200l3 3 3-3M3 11v2.500h10V11',
  search: 'M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0zM10 10l3.500 3.500',
  pin: 'M6 2.500h4l-.5 4 2 2.500h-7l2-2.500zM8 9v4.500',
  columns: 'M2.500 3.500h11v9h-11zM6 3.500v9M10 3.500v9',
  filter: 'M2.500 4h11M4.500 8h7M6.500 12h3',
  group: 'M2.500 3.500h11M5.500 6.700h8M5.500 9.700h8M2.500 12.500h11',
  view: 'M1.500 8C4 3.500 12 3.500 14.500 8 12 12.500 4 12.500 1.500 8zM8 9.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z',
  text: 'M3 5l3 3-3 3M8 11.500h5',
  compare: 'M2 3h5v10H2zM9 3h5v10H9zM4 6h1M4 8.500h1M11 6h1M11 8.500h1',
  swap: 'M3 5.500h9M9.500 3l2.500 2.500L9.500 8M13 10.500H4M6.500 8L4 10.500 6.500 13',
  data: 'M13 4c0 1-2.200 1.800-5 1.800S3 5 3 4s2.200-1.800 5-1.800S13 3 13 4zM3 4v8c0 1 2.200 1.800 5 1.800s5-.8 5-1.800V4M3 8c0 1 2.200 1.800 5 1.800S13 9 13 8',
  model: 'M8 1.800l5.500 3v6.400L8 14.200l-5.500-3V4.800zM2.500 4.800L8 7.800l5.500-3M8 7.800v6.400',
  play: 'M4.500 3v10l8-5z',
  gear: 'M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 1.800V4M8 12v2.200M1.800 8H4M12 8h2.200M3.600 3.600l1.600 1.600M10.800 10.800l1.600 1.600M12.400 3.600l-1.600 1.600M5.200 10.800l-1.600 1.600',
  lock: 'M3.500 7.500h9v6h-9zM5.500 7.500V5.300a2.500 2.500 0 0 1 5 0v2.200',
  more: 'M3.500 7.500h1v1h-1zM7.500 7.500h1v1h-1zM11.500 7.500h1v1h-1z',
  upward: 'M8 13V3.500M4.500 7L8 3.500 11.500 7',
  downward: 'M8 3v9.500M4.500 9L8 12.500 11.500 9',
} as const;

/** The name of one shape. */
export type IconName = keyof typeof shapes;

/** Shapes that are told from their twin by being full. */
const filled: ReadonlySet<IconName> = new Set(['starred']);
const dashedRing = 'M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z';

/** One shape. It says nothing to a screen reader: a word always stands beside it. */
export function Icon({ name, tone }: { name: IconName; tone?: string }) {
  const classes = ['icon', tone ?? '', name === 'running' ? 'turning' : ''].filter(Boolean).join(' ');
  return (
    <span className={classes} aria-hidden="true">
      <svg
        aria-hidden="true"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeLinejoin="round"
      >
        {name === 'unknown' && <path d={dashedRing} strokeDasharray="2.400 1.370" />}
        <path d={shapes[name]} fill={filled.has(name) ? 'currentColor' : 'none'} />
      </svg>
    </span>
  );
}

// The portal's own pictograms: one line, round ends, drawn on a sheet of 32. Pictures beside words, never instead of them.

const lines = {
  search: 'M6 24c4-3 7 2 11-1s6-2 9 0M13 5a8 8 0 1 1 0 16 8 8 0 0 1 0-16M19 19l7 7',
  publish: 'M8 3h11l6 6v20H8zM19 3v6h6M12 14h9M12 18h9M12 22h5',
  join: 'M4 28V16l6-5 6 5v12M16 28V12l6-6 6 6v16M3 28h26M9 20h2M21 17h2M21 22h2',
  collection: 'M7 10h18l-2 18H9zM5 10h22M12 10V6h8v4M13 15v8M19 15v8',
  menus: 'M9 4v8a3 3 0 0 0 3 3M15 4v8a3 3 0 0 1-3 3v13M12 4v7M22 4c-3 3-3 9 0 13v11',
  markets:
    'M4 13l3-8h18l3 8M4 13c0 3 4 3 4 0 0 3 5 3 5 0 0 3 6 3 6 0 0 3 5 3 5 0 0 3 4 3 4 0M7 16v12M25 16v12M4 28h24M11 28v-7h10v7',
  agenda: 'M5 7h22v21H5zM5 13h22M11 4v6M21 4v6M11 18h3M18 18h3M11 23h3',
  equipment: 'M4 28h24M6 28V13l10-8 10 8v15M13 28v-8h6v8M11 16h2M19 16h2',
  dropOff: 'M6 12h20v16H6zM9 12c0-4 3-7 7-7s7 3 7 7M12 17h8M16 21a2 2 0 1 0 0 4 2 2 0 0 0 0-4',
  bikes:
    'M8 17a6 6 0 1 0 0 11 6 6 0 0 0 0-11M24 17a6 6 0 1 0 0 11 6 6 0 0 0 0-11M8 22l5-11h8l3 11M13 11l5 11 3-9M11 8h4M20 8h3',
  parking: 'M5 5h22v22H5zM12 23V10h5a4 4 0 0 1 0 8h-5',
  trees: 'M16 29V14M16 22l-5-4M16 19l5-4M16 3c6 0 9 4 8 8 4 2 2 9-4 8-3 2-6 1-7-1-6 1-7-6-4-8-1-4 3-7 7-7',
  defibrillators: 'M16 27C6 20 4 15 4 11a6 6 0 0 1 12-2 6 6 0 0 1 12 2c0 4-2 9-12 16M17 11l-4 6h6l-4 6',
  libraries: 'M16 8c-3-3-8-3-12-2v19c4-1 9-1 12 2 3-3 8-3 12-2V6c-4-1-9-1-12 2zM16 8v19',
  traffic: 'M11 28L14 4M21 28L18 4M16 6v4M16 14v4M16 22v4M4 28h24',
  grants:
    'M16 10a6 6 0 1 0 0-.1M18 7h-3a1.7 1.7 0 0 0 0 3.3h2M3 22h6l5-3h5a2 2 0 0 1 0 4h-4M19 22l7-4a2 2 0 0 1 2 4l-9 6H9l-6 0',
  deliberations: 'M4 27h24M6 27V15M26 27V15M3 15h26L16 5zM12 27v-8M20 27v-8',
  budget: 'M5 27h22M8 27V17h4v10M15 27V9h4v18M22 27v-7h4v7M6 11l7-5 5 2 8-5',
  rows: 'M4 7h24v18H4zM4 13h24M4 19h24M12 7v18',
} as const;

export type PictogramName = keyof typeof lines;
export const pictograms = Object.keys(lines) as readonly PictogramName[];

export function Pictogram({ name }: { readonly name: PictogramName }) {
  return (
    <svg class="pictogram" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path d={lines[name]} />
    </svg>
  );
}

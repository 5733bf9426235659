import type { Chart, Column } from '@aracari/api';

/** Charts of made-up figures, to see a theme on. */
export const sampleCharts: { chart: Chart; columns: Column[]; wide: boolean }[] = [
  {
    wide: false,
    chart: { id: 'sample-value', name: 'Revenue', type: 'value' },
    columns: [metric('Revenue', [48_210])],
  },
  {
    wide: false,
    chart: { id: 'sample-bar', name: 'Orders by region', type: 'bar' },
    columns: [
      dimension('Region', ['North', 'East', 'South', 'West']),
      metric('Orders', [420, 310, 270, 180]),
    ],
  },
  {
    wide: true,
    chart: { id: 'sample-line', name: 'Orders and returns by month', type: 'line' },
    columns: [
      {
        ...dimension(
          'Month',
          Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}-01`),
        ),
        type: 'date',
        grain: 'month',
      },
      metric('Orders', [210, 240, 230, 280, 310, 300, 340, 330, 370, 400, 390, 430]),
      metric('Returns', [40, 38, 45, 41, 60, 52, 49, 58, 61, 57, 66, 70]),
      metric('Repairs', [90, 85, 100, 95, 120, 110, 115, 130, 125, 140, 150, 145]),
    ],
  },
];

function dimension(label: string, values: string[]): Column {
  return { name: label, label, role: 'dimension', type: 'string', values };
}

function metric(label: string, values: number[]): Column {
  return { name: label, label, role: 'metric', type: 'integer', values };
}

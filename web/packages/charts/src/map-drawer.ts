import { ScatterChart } from 'echarts/charts';
import { GeoComponent } from 'echarts/components';
import { registerMap, use } from 'echarts/core';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';
import type { Drawer } from './drawer.js';
import { findPoint, markOfPoint, placeOfPoint } from './find-points.js';
import { buildMapOption } from './map-option.js';
import type { ScatterModel } from './plot-model.js';
import { startECharts } from './start-echarts.js';

use([ScatterChart, GeoComponent]);

// Coasts and borders of Natural Earth, for small scales. Nothing is fetched from elsewhere.
const topology = atlas as unknown as Topology<{ countries: GeometryCollection }>;
registerMap('world', feature(topology, topology.objects.countries) as never);

export const drawer: Drawer<ScatterModel> = {
  start: startECharts,
  buildOption: buildMapOption,
  find: findPoint,
  placeOf: placeOfPoint,
  marksOf: markOfPoint,
};

import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json';

type Line = [number, number][];

/** As the atlas has them: one feature of many polygons. */
type Areas = GeometryCollection<MultiPolygon>;
interface FeatureCollection {
  features: { geometry: { coordinates: Line[][] } }[];
}

/** Coasts and borders as degrees east and north. */
export interface LandLines {
  /** Closed. */
  land: Line[];
  borders: Line[];
}

let lines: LandLines | undefined;

/** Of Natural Earth, for small scales. Decoded once. */
export function landLines(): LandLines {
  lines ??= decode(atlas as unknown as Topology);
  return lines;
}

function decode(topology: Topology): LandLines {
  const { land, countries } = topology.objects as Record<'land' | 'countries', Areas>;
  const shapes = (feature(topology, land) as unknown as FeatureCollection).features;
  return {
    land: shapes.flatMap(({ geometry }) => geometry.coordinates.flat()),
    borders: mesh(topology, countries, (a, b) => a !== b).coordinates as Line[],
  };
}

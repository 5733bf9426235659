import {
  AracariError,
  type Chart,
  type ChartResult,
  chartsOf,
  type Connection,
  cutOff,
  type Dashboard,
  type DataRequest,
  describeSource,
  type Source,
  streamData,
} from '@aracari/api';
import { nextTask, preloadChart } from '@aracari/charts';

/** What to show, and how it is narrowed. */
export interface EmbedRequest extends Pick<DataRequest, 'filters' | 'selections' | 'timeZone'> {
  connection: Connection;
  source: Source;
  /** All charts at once, also those that are out of sight. */
  eager: boolean;
}

/** What the loader tells its element. `arrived` comes after the last result of a load that was not cut off. */
export interface LoaderListener {
  changed(): void;
  failed(error: AracariError): void;
  tileFailed(result: ChartResult): void;
  arrived(startedAt: number): void;
  /** Whether a new token is on its way for a refused one: then what is shown stays until it is here. */
  renews(error: AracariError): boolean;
  /** Width in pixels of charts on the screen, by id. */
  widths(): Record<string, number>;
}

/** Charts that come into sight together are asked for together. */
const gatherMilliseconds = 20;

/**
 * Brings one dashboard and the results of the charts in sight, one load at a time: a new load ends the one before it.
 * What an earlier load brought stays until the new one replaces it, piece by piece; a refusal removes everything at once.
 */
export class DashboardLoader {
  dashboard: Dashboard | undefined;
  error: AracariError | undefined;
  /** When the server last answered, if it does not answer now though there is something to show. */
  silentSince: Date | undefined;
  busy = false;

  private readonly listener: LoaderListener;
  /** Whether `dashboard` is what the latest request asked for, and not still that of an earlier one. */
  #described = false;
  #request: EmbedRequest | undefined;
  #results = new Map<string, ChartResult>();
  #fresh = new Set<string>();
  /** Charts that the present load has asked for. */
  #asked = new Set<string>();
  #inSight = new Set<string>();
  #streams = 0;
  #startedAt = 0;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #abort = new AbortController();
  #lastAnswer = new Date();

  constructor(listener: LoaderListener) {
    this.listener = listener;
  }

  result(chartId: string): ChartResult | undefined {
    return this.#results.get(chartId);
  }

  /** True while a result of an earlier load stands in for one that is still to come. */
  isStale(chartId: string): boolean {
    return this.#results.has(chartId) && !this.#fresh.has(chartId);
  }

  /** Ends what is under way. What is shown stays. */
  stop(): void {
    this.#abort.abort();
    clearTimeout(this.#gathering);
    this.#streams = 0;
    this.busy = false;
  }

  /** Ends what is under way and forgets everything. */
  clear(): void {
    this.stop();
    this.#forget();
    this.error = undefined;
    this.listener.changed();
  }

  /** Loads the dashboard and its results: another dashboard, or another viewer. */
  async load(request: EmbedRequest): Promise<void> {
    this.#described = false;
    const signal = this.#begin(request);
    try {
      const dashboard = await describeSource(request.connection, request.source, signal);
      if (signal.aborted) return;
      this.#take(dashboard);
      this.#askInSight();
    } catch (cause) {
      if (!signal.aborted) this.#stopAt(asAracariError(cause));
    }
  }

  /** Loads only the results anew, for other filters. `untouched` is a chart whose result the change leaves as it is. */
  async loadData(request: EmbedRequest, untouched?: string): Promise<void> {
    if (!this.#described) return this.load(request);
    const kept = untouched !== undefined && this.#fresh.has(untouched) ? [untouched] : [];
    this.#begin(request, kept);
    this.#askInSight();
  }

  /** Which charts are on the screen, or nearly so. What has just come into sight is loaded. */
  setInSight(chartId: string, inSight: boolean): void {
    if (!inSight) this.#inSight.delete(chartId);
    else if (!this.#inSight.has(chartId)) {
      this.#inSight.add(chartId);
      if (this.#described && this.#request && !this.#asked.has(chartId)) this.#gather();
    }
  }

  /** Loads all charts that are not there yet: before printing. */
  async loadRest(): Promise<void> {
    if (this.#described) await this.#ask(this.#chartIds());
  }

  /**
   * Asks whether the viewer may still see what is shown, perhaps with a new token. Anything but a refusal leaves it as it
   * is; where the viewer may now see other rows, they are loaded.
   */
  async verify(request: EmbedRequest): Promise<void> {
    if (this.busy || !this.dashboard) return;
    const { signal } = this.#abort;
    try {
      const dashboard = await describeSource(request.connection, request.source, signal);
      if (signal.aborted) return;
      const changed = contentOf(dashboard) !== contentOf(this.dashboard);
      this.#request = request;
      if (changed) return void this.load(request);
      this.dashboard = dashboard;
      this.#answered();
    } catch (cause) {
      if (signal.aborted) return;
      const error = asAracariError(cause);
      if (this.listener.renews(error)) this.silentSince = this.#lastAnswer;
      else if (error.refused || error.status === 404) this.#fail(error);
      else this.silentSince = this.#lastAnswer;
    }
    this.listener.changed();
  }

  #begin(request: EmbedRequest, kept: readonly string[] = []): AbortSignal {
    this.stop();
    this.#abort = new AbortController();
    this.#request = request;
    this.#startedAt = performance.now();
    this.busy = true;
    this.#fresh = new Set(kept);
    this.#asked = new Set(kept);
    this.listener.changed();
    return this.#abort.signal;
  }

  #take(dashboard: Dashboard): void {
    const charts = chartsOf(dashboard);
    const ids = new Set(charts.map(({ id }) => id));
    for (const id of this.#results.keys()) if (!ids.has(id)) this.#results.delete(id);
    this.dashboard = dashboard;
    this.#described = true;
    this.#answered();
    // Side by side with the data request; a failure shows in the charts themselves.
    for (const chart of charts) void preloadChart(chart);
    this.listener.changed();
  }

  #chartIds(): string[] {
    return this.dashboard ? chartsOf(this.dashboard).map(({ id }: Chart) => id) : [];
  }

  /** Older servers answer for all charts only. */
  #isEager(): boolean {
    return this.#request?.eager === true || this.dashboard?.serverTime === undefined;
  }

  #gather(): void {
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => this.#askInSight(), gatherMilliseconds);
  }

  #askInSight(): void {
    const ids = this.#chartIds();
    if (ids.length === 0) this.#finish();
    else void this.#ask(this.#isEager() ? ids : ids.filter((id) => this.#inSight.has(id)));
  }

  async #ask(ids: readonly string[]): Promise<void> {
    const wanted = ids.filter((id) => !this.#asked.has(id));
    const request = this.#request;
    if (!request) return;
    if (wanted.length === 0) {
      // The rest of a load may have nothing to do: all that is in sight is there.
      if (this.#streams === 0 && this.#asked.size > 0) this.#finish();
      return;
    }
    const { signal } = this.#abort;
    for (const id of wanted) this.#asked.add(id);
    this.#streams += 1;
    this.busy = true;
    try {
      await this.#stream(request, wanted, signal);
      if (signal.aborted) return;
      this.#streams -= 1;
      this.#fillGaps(wanted);
      if (this.#streams === 0) this.#finish();
    } catch (cause) {
      if (signal.aborted) return;
      this.#streams -= 1;
      this.#stopAt(asAracariError(cause));
    }
  }

  async #stream(request: EmbedRequest, ids: string[], signal: AbortSignal): Promise<void> {
    const body = this.#bodyOf(request, ids);
    for await (const result of streamData(request.connection, request.source, body, signal)) {
      if (signal.aborted) return;
      this.#keep(result);
      this.listener.changed();
      // Results that came together are shown one by one, so that the page is not held up.
      await nextTask();
    }
  }

  #bodyOf(
    { filters = {}, selections = [], timeZone, source }: EmbedRequest,
    ids: string[],
  ): DataRequest {
    const body: DataRequest = Object.keys(filters).length > 0 ? { filters } : {};
    if (this.dashboard?.serverTime === undefined) return body;
    const widths = this.listener.widths();
    const points = Object.fromEntries(
      ids.flatMap((id) => (widths[id] ? [[id, Math.max(50, Math.round(widths[id]))]] : [])),
    );
    return {
      ...body,
      ...(selections.length > 0 ? { selections } : {}),
      ...(Object.keys(points).length > 0 ? { points } : {}),
      ...(source.kind === 'dashboard' && ids.length < this.#chartIds().length
        ? { charts: ids }
        : {}),
      ...(timeZone ? { timeZone } : {}),
    };
  }

  #keep(result: ChartResult): void {
    this.#results.set(result.chart, result);
    this.#fresh.add(result.chart);
    if ('error' in result) this.listener.tileFailed(result);
  }

  #answered(): void {
    this.#lastAnswer = new Date();
    this.silentSince = undefined;
    this.error = undefined;
  }

  #finish(): void {
    this.#answered();
    this.busy = false;
    this.listener.changed();
    this.listener.arrived(this.#startedAt);
  }

  /** A load that broke off in the middle keeps what came; any other failure takes the whole dashboard away. */
  #stopAt(error: AracariError): void {
    this.busy = this.#streams > 0;
    if (error.code === 'cut_off' && this.#described) this.#fillGaps([...this.#asked]);
    else if (this.listener.renews(error)) {
      if (this.dashboard) this.silentSince = this.#lastAnswer;
    } else this.#fail(error);
    this.listener.changed();
  }

  #fillGaps(ids: readonly string[]): void {
    for (const id of ids) if (!this.#fresh.has(id)) this.#keep({ chart: id, error: cutOff() });
  }

  #fail(error: AracariError): void {
    this.stop();
    this.#forget();
    this.error = error;
    this.listener.failed(error);
  }

  #forget(): void {
    this.dashboard = undefined;
    this.#described = false;
    this.silentSince = undefined;
    this.#results.clear();
    this.#fresh.clear();
    this.#asked.clear();
  }
}

/** What a viewer sees of a dashboard beside its results, without what passes with time. */
function contentOf({ expiresAt: _expiry, serverTime: _now, ...content }: Dashboard): string {
  return JSON.stringify(content);
}

function asAracariError(cause: unknown): AracariError {
  if (cause instanceof AracariError) return cause;
  const detail = 'The dashboard could not be shown. Try again.';
  return new AracariError(0, { code: 'internal', title: 'Something went wrong', detail });
}

import {
  AracariError,
  type ChartResult,
  type Connection,
  cutOff,
  type Dashboard,
  type Filters,
  getDashboard,
  streamDashboardData,
} from '@aracari/api';
import { preloadChart } from '@aracari/charts';

export interface DashboardRequest {
  connection: Connection;
  dashboardId: string;
  filters: Filters;
}

/** What the loader tells its element. `arrived` comes after the last result of a load that was not cut off. */
export interface LoaderListener {
  changed(): void;
  failed(error: AracariError): void;
  tileFailed(result: ChartResult): void;
  arrived(startedAt: number): void;
}

/**
 * Brings one dashboard and its results, one load at a time: a new load ends the one before it. What an earlier load
 * brought stays until the new one replaces it, piece by piece; a refusal removes everything at once.
 */
export class DashboardLoader {
  dashboard: Dashboard | undefined;
  error: AracariError | undefined;
  /** When the server last answered, if it does not answer now though there is something to show. */
  silentSince: Date | undefined;
  busy = false;

  /** Whether `dashboard` is what the latest request asked for, and not still that of an earlier one. */
  #described = false;
  #results = new Map<string, ChartResult>();
  #fresh = new Set<string>();
  #abort = new AbortController();
  #lastAnswer = new Date();

  constructor(private readonly listener: LoaderListener) {}

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
  load(request: DashboardRequest): Promise<void> {
    this.#described = false;
    return this.#run(async (signal) => {
      const dashboard = await getDashboard(request.connection, request.dashboardId, signal);
      if (signal.aborted) return;
      this.#take(dashboard);
      await this.#stream(request, signal);
    });
  }

  /** Loads only the results anew, for other filters. */
  loadData(request: DashboardRequest): Promise<void> {
    if (!this.#described) return this.load(request);
    return this.#run((signal) => this.#stream(request, signal));
  }

  /** Asks whether the viewer may still see what is shown. Anything but a refusal leaves it as it is. */
  async verify(request: DashboardRequest): Promise<void> {
    if (this.busy || !this.dashboard) return;
    const { signal } = this.#abort;
    try {
      await getDashboard(request.connection, request.dashboardId, signal);
      if (!signal.aborted) this.#answered();
    } catch (cause) {
      if (signal.aborted) return;
      const error = asAracariError(cause);
      if (error.refused || error.status === 404) this.#fail(error);
      else this.silentSince = this.#lastAnswer;
    }
    this.listener.changed();
  }

  async #run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const startedAt = performance.now();
    this.busy = true;
    this.#fresh.clear();
    this.listener.changed();
    try {
      await work(signal);
      if (!signal.aborted) this.#finish(startedAt);
    } catch (cause) {
      if (!signal.aborted) this.#stopAt(asAracariError(cause));
    }
  }

  #take(dashboard: Dashboard): void {
    const ids = new Set(dashboard.tiles.map((tile) => tile.chart.id));
    for (const id of this.#results.keys()) if (!ids.has(id)) this.#results.delete(id);
    this.dashboard = dashboard;
    this.#described = true;
    this.#answered();
    // Side by side with the data request; a failure shows in the plots themselves.
    for (const { chart } of dashboard.tiles) void preloadChart(chart);
    this.listener.changed();
  }

  async #stream(
    { connection, dashboardId, filters }: DashboardRequest,
    signal: AbortSignal,
  ): Promise<void> {
    for await (const result of streamDashboardData(connection, dashboardId, filters, signal)) {
      if (signal.aborted) return;
      this.#keep(result);
      this.listener.changed();
    }
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

  #finish(startedAt: number): void {
    this.#answered();
    this.#fillGaps();
    this.busy = false;
    this.listener.changed();
    this.listener.arrived(startedAt);
  }

  /** A load that broke off in the middle keeps what came; any other failure takes the whole dashboard away. */
  #stopAt(error: AracariError): void {
    this.busy = false;
    if (error.code === 'cut_off' && this.#described) this.#fillGaps();
    else this.#fail(error);
    this.listener.changed();
  }

  #fillGaps(): void {
    for (const { chart } of this.dashboard?.tiles ?? []) {
      if (!this.#fresh.has(chart.id)) this.#keep({ chart: chart.id, error: cutOff() });
    }
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
  }
}

function asAracariError(cause: unknown): AracariError {
  if (cause instanceof AracariError) return cause;
  const detail = 'The dashboard could not be shown. Try again.';
  return new AracariError(0, { code: 'internal', title: 'Something went wrong', detail });
}

import {
  createElement,
  forwardRef,
  type ForwardedRef,
  type ForwardRefExoticComponent,
  type HTMLAttributes,
  type ReactElement,
  type RefAttributes,
  useEffect,
  useImperativeHandle,
  useRef,
} from 'react';
import type { AracariChart, AracariDashboard } from './index.js';
import './index.js';

/** The names under which React components get an element's events. */
const events = {
  onReady: 'aracari-ready',
  onError: 'aracari-error',
  onFilterChange: 'aracari-filter-change',
  onSelectionChange: 'aracari-selection-change',
  onTabChange: 'aracari-tab-change',
  onChartClick: 'aracari-chart-click',
} as const satisfies Record<string, keyof HTMLElementEventMap>;

type EventProps = {
  [Name in keyof typeof events]?: (
    detail: HTMLElementEventMap[(typeof events)[Name]] extends CustomEvent<infer Detail>
      ? Detail
      : never,
  ) => void;
};

type Shared =
  | 'authToken'
  | 'authTokenProvider'
  | 'serverUrl'
  | 'theme'
  | 'themeTokens'
  | 'locale'
  | 'timeZone'
  | 'refreshSeconds'
  | 'eager'
  | 'filters';

type HostProps = Pick<HTMLAttributes<HTMLElement>, 'id' | 'className' | 'style'>;

export type AracariDashboardProps = Partial<Pick<AracariDashboard, Shared | 'notes'>> &
  Pick<AracariDashboard, 'dashboardId'> &
  EventProps &
  HostProps;

export type AracariChartProps = Partial<Pick<AracariChart, Shared>> &
  Pick<AracariChart, 'chartId'> &
  EventProps &
  HostProps;

type Wrapped<Element, Props> = ForwardRefExoticComponent<Props & RefAttributes<Element>>;

/** `<aracari-dashboard>` for React 18 and later: properties, events, and a ref to the element with its methods. */
export const Dashboard: Wrapped<AracariDashboard, AracariDashboardProps> = wrap<
  AracariDashboard,
  AracariDashboardProps
>('aracari-dashboard');

/** `<aracari-chart>` for React 18 and later. */
export const Chart: Wrapped<AracariChart, AracariChartProps> = wrap<
  AracariChart,
  AracariChartProps
>('aracari-chart');

/**
 * React before version 19 sets attributes only, so properties are set here. A provider of tokens may be a new function
 * with each render: the element keeps the first, which calls the latest.
 */
function wrap<
  Element extends AracariDashboard | AracariChart,
  Props extends EventProps & HostProps,
>(tag: string): Wrapped<Element, Props> {
  const render = (props: Props, ref: ForwardedRef<Element>): ReactElement => {
    const element = useRef<Element>(null);
    const latest = useRef(props);
    latest.current = props;
    const provider = useRef(() => {
      const { authTokenProvider: give } = latest.current as Partial<Pick<Element, Shared>>;
      return give ? give() : Promise.reject(new Error('no provider'));
    });
    useImperativeHandle(ref, () => element.current as Element);
    useEffect(() => assign(element.current, latest.current, provider.current));
    useEffect(() => listen(element.current, latest), []);
    const { id, className, style } = props;
    return createElement(tag, { ref: element, id, class: className, style });
  };
  return forwardRef(render as never) as unknown as Wrapped<Element, Props>;
}

const hostProps = new Set(['id', 'className', 'style', 'children']);

function assign(element: object | null, props: object, provider: () => unknown): void {
  if (!element) return;
  for (const [name, value] of Object.entries(props)) {
    if (hostProps.has(name) || name in events || value === undefined) continue;
    const given = name === 'authTokenProvider' ? provider : (value as unknown);
    (element as Record<string, unknown>)[name] = given;
  }
}

function listen(element: HTMLElement | null, latest: { current: EventProps }): () => void {
  const stops = Object.entries(events).map(([prop, name]) => {
    const hear = ({ detail }: CustomEvent<never>) =>
      latest.current[prop as keyof EventProps]?.(detail);
    element?.addEventListener(name, hear as EventListener);
    return () => element?.removeEventListener(name, hear as EventListener);
  });
  return () => stops.forEach((stop) => stop());
}

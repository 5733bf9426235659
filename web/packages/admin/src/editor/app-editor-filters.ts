import type { DraftFilter, FilterKind, ListedChart, Table } from '@aracari/api';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { baseStyles, formStyles } from '../base-styles.js';
import { typeOfDimension } from '../charts/chart-types.js';
import { filterKinds, kindsFor } from '../charts/filter-words.js';
import { countOf } from '../databases/schema-words.js';
import { changedText } from '../field-text.js';
import { newId } from './dashboard-draft.js';

const icons: Record<FilterKind, string> = {
  category: 'chevrons-up-down',
  number: 'chart-value',
  date: 'history',
  search: 'search',
};

/**
 * The filters that viewers get, and one of them while it is edited. Which charts it acts on is shown at the tiles.
 * @fires app-open - Detail is the id of the filter to edit; empty: none.
 * @fires app-changed - Detail is the filter.
 * @fires app-removed - Detail is the id.
 */
@customElement('app-editor-filters')
export class AppEditorFilters extends LitElement {
  @property({ attribute: false }) filters: DraftFilter[] = [];
  /** The tables of the dashboard's charts. */
  @property({ attribute: false }) tables: Table[] = [];
  @property({ attribute: false }) charts: ListedChart[] = [];
  /** Id of the one that is being edited. */
  @property({ attribute: false }) edited = '';

  static override styles = [
    baseStyles,
    formStyles,
    css`
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: center;
      }
      .card {
        display: grid;
        gap: 0.875rem;
        margin-block-start: 0.75rem;
        padding: 1rem;
        border: 1px solid var(--wa-color-brand-border-loud);
        border-radius: var(--wa-border-radius-l);
        background: var(--app-panel);
      }
      .fields {
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr));
        gap: 0.75rem;
        align-items: end;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 0.5rem 1rem;
      }
    `,
  ];

  override render() {
    const filter = this.filters.find(({ id }) => id === this.edited);
    return html`<div class="bar" role="group" aria-label="Filters">
        ${this.filters.map((each) => this.#renderChip(each))}
        <wa-button
          size="s"
          appearance="plain"
          ?disabled=${!this.#firstFree}
          title=${this.#firstFree ? '' : 'Add a chart first: filters act on the tables of charts'}
          @click=${this.#add}
        >
          <wa-icon slot="start" name="filter"></wa-icon>Add filter
        </wa-button>
      </div>
      ${filter ? this.#renderCard(filter) : nothing}`;
  }

  #renderChip({ id, label, kind }: DraftFilter) {
    const open = id === this.edited;
    return html`<wa-button
      size="s"
      pill
      appearance=${open ? 'accent' : 'outlined'}
      variant=${open ? 'brand' : 'neutral'}
      aria-expanded=${open}
      @click=${() => this.#tell('app-open', open ? '' : id)}
    >
      <wa-icon slot="start" name=${icons[kind]}></wa-icon>${label}
    </wa-button>`;
  }

  #renderCard(filter: DraftFilter) {
    const table = this.tables.find(({ id }) => id === filter.table);
    return html`<section class="card" aria-label="Filter ${filter.label}">
      <div class="fields">
        <wa-input
          size="s"
          label="Label"
          maxlength="100"
          autocomplete="off"
          .value=${filter.label}
          @input=${(event: Event) => this.#change(filter, { label: changedText(event) })}
        ></wa-input>
        ${this.#renderTable(filter)} ${this.#renderDimension(filter, table)}
        ${this.#renderKind(filter, table)}
      </div>
      ${
        filter.kind === 'category'
          ? html`<wa-checkbox
              .checked=${filter.multiple ?? false}
              @change=${() => this.#change(filter, { multiple: !filter.multiple })}
              >Several values may be chosen</wa-checkbox
            >`
          : nothing
      }
      <div class="foot">
        <span class="small quiet" role="status">${this.#describeWires(filter)}</span>
        <span class="actions">
          <wa-button
            size="s"
            appearance="plain"
            @click=${() => this.#tell('app-removed', filter.id)}
            >Remove filter</wa-button
          >
          <wa-button size="s" variant="brand" @click=${() => this.#tell('app-open', '')}
            >Done</wa-button
          >
        </span>
      </div>
    </section>`;
  }

  #renderTable(filter: DraftFilter) {
    if (this.tables.length < 2) return nothing;
    return keyed(
      this.tables,
      html`<wa-select
        size="s"
        label="Table"
        .value=${filter.table}
        @change=${(event: Event) => this.#chooseTable(filter, changedText(event))}
      >
        ${this.tables.map(({ id, label, name }) => html`<wa-option value=${id}>${label || name}</wa-option>`)}
      </wa-select>`,
    );
  }

  #renderDimension(filter: DraftFilter, table: Table | undefined) {
    const usable = (table?.dimensions ?? []).filter(
      ({ name }) => table && typeOfDimension(name, table),
    );
    return keyed(
      table?.id,
      html`<wa-select
        size="s"
        label="Dimension"
        .value=${filter.dimension}
        @change=${(event: Event) => table && this.#chooseDimension(filter, table, changedText(event))}
      >
        ${usable.map(({ name, label }) => html`<wa-option value=${name}>${label}</wa-option>`)}
      </wa-select>`,
    );
  }

  #renderKind(filter: DraftFilter, table: Table | undefined) {
    const type = table && typeOfDimension(filter.dimension, table);
    const kinds = type ? kindsFor(type) : [filter.kind];
    return keyed(
      kinds.join(),
      html`<wa-select
        size="s"
        label="Kind"
        .value=${filter.kind}
        @change=${(event: Event) => this.#change(filter, { kind: changedText(event) as FilterKind })}
      >
        ${kinds.map((kind) => html`<wa-option value=${kind}>${filterKinds[kind]}</wa-option>`)}
      </wa-select>`,
    );
  }

  #describeWires({ table, charts }: DraftFilter): string {
    const candidates = this.charts.filter(({ spec }) => spec.table === table);
    const count = charts
      ? candidates.filter(({ id }) => charts.includes(id)).length
      : candidates.length;
    const acts = `Acts on ${count} of ${countOf(this.charts.length, 'chart')}`;
    return `${acts}. Tick the tiles below to change that.`;
  }

  /** What a new filter is about: the first dimension that has none yet. */
  get #firstFree(): { table: Table; dimension: Table['dimensions'][number] } | undefined {
    const taken = new Set(this.filters.map(({ table, dimension }) => `${table} ${dimension}`));
    for (const table of this.tables)
      for (const dimension of table.dimensions)
        if (!taken.has(`${table.id} ${dimension.name}`) && typeOfDimension(dimension.name, table))
          return { table, dimension };
    return undefined;
  }

  #add(): void {
    const free = this.#firstFree;
    if (!free) return;
    const { table, dimension } = free;
    const id = newId();
    this.#tell('app-changed', {
      id,
      table: table.id,
      ...aboutDimension(table, dimension.name),
    } satisfies DraftFilter);
    this.#tell('app-open', id);
  }

  #chooseTable(filter: DraftFilter, id: string): void {
    const table = this.tables.find((each) => each.id === id);
    const first = table?.dimensions.find(({ name }) => typeOfDimension(name, table));
    if (!table || !first) return;
    // The charts it acted on are of the other table.
    this.#tell('app-changed', { id: filter.id, table: id, ...aboutDimension(table, first.name) });
  }

  #chooseDimension(filter: DraftFilter, table: Table, name: string): void {
    const before = table.dimensions.find((each) => each.name === filter.dimension)?.label;
    const next = aboutDimension(table, name);
    const { multiple: _, ...rest } = filter;
    const label = filter.label === before ? next.label : filter.label;
    this.#tell('app-changed', { ...rest, ...next, label });
  }

  #change(filter: DraftFilter, part: Partial<DraftFilter>): void {
    const { multiple, ...next } = { ...filter, ...part };
    const several = next.kind === 'category' && multiple;
    this.#tell('app-changed', several ? { ...next, multiple } : next);
  }

  #tell(what: 'app-open' | 'app-changed' | 'app-removed', detail: string | DraftFilter): void {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/** The usual filter of a dimension. */
function aboutDimension(
  table: Table,
  name: string,
): Pick<DraftFilter, 'label' | 'kind' | 'dimension' | 'multiple'> {
  const [kind = 'category'] = kindsFor(typeOfDimension(name, table) ?? 'string');
  const label = table.dimensions.find((each) => each.name === name)?.label ?? name;
  return { label, kind, dimension: name, ...(kind === 'category' ? { multiple: true } : {}) };
}

import { en } from './texts/en.js';
import type { Texts } from './texts/texts.js';

/** How one viewer reads: words, numbers, dates. Immutable; equal inputs give the same object. */
export interface Language {
  /** A valid BCP 47 tag. */
  locale: string;
  /** IANA name. Only for times that are not cut to days or more, which stand in the data as UTC. */
  timeZone: string;
  texts: Texts;
  rightToLeft: boolean;
  /** 1 (Monday) to 7. */
  firstDayOfWeek: number;
}

const texts: Record<string, () => Promise<Texts>> = {
  fr: async () => (await import('./texts/fr.js')).fr,
  de: async () => (await import('./texts/de.js')).de,
  es: async () => (await import('./texts/es.js')).es,
  ja: async () => (await import('./texts/ja.js')).ja,
};

const loaded = new Map<string, Texts>([['en', en]]);
const made = new Map<string, Language>();

/**
 * The language for a locale and a time zone as a page may give them: what is empty or unknown is the browser's own locale,
 * and UTC. Its words are English until `loadWords` of that locale has ended.
 */
export function languageOf(locale = '', timeZone = ''): Language {
  const asked = `${locale} ${timeZone}`;
  const language = made.get(asked) ?? makeLanguage(locale, timeZone);
  made.set(asked, language);
  return language;
}

function makeLanguage(locale: string, timeZone: string): Language {
  const tag = knownLocale(locale) ?? knownLocale(navigator.language) ?? 'en';
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const words = loaded.get(wordsOf(tag)) ?? en;
  return { locale: tag, timeZone: zone, texts: words, ...readWriting(tag) };
}

/** Loads the words of a locale; true when `languageOf` now gives others than before. Words that do not come stay English. */
export async function loadWords(locale = ''): Promise<boolean> {
  const name = wordsOf(languageOf(locale).locale);
  const load = texts[name];
  if (!load || loaded.has(name)) return false;
  try {
    loaded.set(name, await load());
    made.clear();
    return true;
  } catch {
    return false;
  }
}

function wordsOf(tag: string): string {
  return tag.split('-')[0] ?? 'en';
}

function knownLocale(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

function isTimeZone(zone: string): boolean {
  if (!zone) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** Newer than the library's types, and partly properties in older browsers. */
interface LocaleFacts {
  getTextInfo?: () => { direction?: string };
  textInfo?: { direction?: string };
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
}

const writtenRightToLeft = /^(ar|fa|he|ps|sd|ug|ur|yi)\b/;

function readWriting(tag: string): Pick<Language, 'rightToLeft' | 'firstDayOfWeek'> {
  const facts = new Intl.Locale(tag) as LocaleFacts;
  const direction = (facts.getTextInfo?.() ?? facts.textInfo)?.direction;
  return {
    rightToLeft: direction ? direction === 'rtl' : writtenRightToLeft.test(tag),
    firstDayOfWeek: (facts.getWeekInfo?.() ?? facts.weekInfo)?.firstDay ?? 1,
  };
}

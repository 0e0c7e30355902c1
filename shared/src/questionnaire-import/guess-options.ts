import type { Finding } from './guess-title';
import type { Flag, ImportedKind, ImportedOption, MatrixRow } from './imported';
import { isGap } from './wjx-lines';

const pointOf = (label: string): number | undefined => {
  const found = /^(\d{1,2})\s*分?$/.exec(label);
  return found ? Number(found[1]) : undefined;
};

/** Points with words at some: `1（很不满意）`, `5 很满意`. */
function labelledPoint(label: string): { point: number; words: string } | undefined {
  const found = /^(\d{1,2})\s*分?\s*[（(:：\s]?\s*([^)）]*)[)）]?$/.exec(label);
  return found ? { point: Number(found[1]), words: (found[2] ?? '').trim() } : undefined;
}

const isRun = (points: readonly number[], step: 1 | -1): boolean =>
  points.length >= 3 && points.every((each, at) => at === 0 || each === (points[at - 1] ?? 0) + step);

/** Ends of a run of points that the engine's scale can hold. */
function rangeOf(points: readonly number[]): { min: number; max: number } | undefined {
  if (!isRun(points, 1) && !isRun(points, -1)) return undefined;
  const min = Math.min(...points);
  const max = Math.max(...points);
  return (min === 0 || min === 1) && max <= 10 ? { min, max } : undefined;
}

function guessScale(options: readonly ImportedOption[], title: string, line: number): Finding | undefined {
  const read = options.map((each) => labelledPoint(each.label)).filter((each) => each !== undefined);
  // Words at the ends name the ends; words in between make it a list of options with numbers before them.
  if (read.length !== options.length || read.slice(1, -1).some((each) => each.words !== '')) return undefined;
  const range = rangeOf(read.map((each) => each.point));
  if (!range) return undefined;
  if (range.min === 0 && range.max === 10 && /推荐/.test(title)) {
    return {
      line,
      detail: { zh: '选项是 0 到 10 分，像是推荐度（NPS）', en: 'options 0 to 10: looks like a recommendation (NPS)' },
      proposal: { kind: 'nps' },
    };
  }
  const wordsAt = (point: number) => read.find((each) => each.point === point)?.words || undefined;
  return {
    line,
    detail: {
      zh: `选项只有 ${range.min} 到 ${range.max} 的数字，像是量表题`,
      en: `options are the numbers ${range.min} to ${range.max} only: looks like a scale`,
    },
    proposal: { kind: 'scale', ...range, lowLabel: wordsAt(range.min), highLabel: wordsAt(range.max) },
  };
}

/** Rows, each followed by the same run of points; undefined where the options are not all of that form. */
function rowsOf(options: readonly ImportedOption[]): readonly MatrixRow[] | undefined {
  const rows: { label: string; points: number[] }[] = [];
  for (const { label } of options) {
    const point = pointOf(label);
    if (point === undefined) rows.push({ label, points: [] });
    else rows[rows.length - 1]?.points.push(point);
  }
  if (pointOf(options[0]?.label ?? '') !== undefined) return undefined;
  const ranges = rows.map((each) => rangeOf(each.points));
  const [first] = ranges;
  return ranges.every((each) => each && first && each.min === first.min && each.max === first.max)
    ? rows.map(({ label }) => ({ label, min: first?.min ?? 1, max: first?.max ?? 5 }))
    : undefined;
}

const hasRunInside = (options: readonly ImportedOption[]): boolean => {
  // Points alone are no mixture, even where they are no scale of ours (2 to 4).
  if (options.every((each) => pointOf(each.label) !== undefined)) return false;
  let run: number[] = [];
  for (const { label } of options) {
    const point = pointOf(label);
    run =
      point !== undefined && (run.length === 0 || point === (run[run.length - 1] ?? 0) + 1)
        ? [...run, point]
        : point === undefined
          ? []
          : [point];
    if (run.length >= 3) return true;
  }
  return false;
};

const optionMarks = [
  /^[（(]\s*([A-Za-zＡ-Ｚａ-ｚ]|\d{1,2})\s*[)）]\s*(?=\S)/,
  /^([A-Za-zＡ-Ｚａ-ｚ]|\d{1,2})\s*[.．、:：)）]\s*(?!\d)(?=\S)/,
  /^([①-⑳])\s*(?=\S)/,
];

/** Marks before options: letters, circled or plain numbers, in a row from the first on. */
function unlettered(options: readonly ImportedOption[]): readonly string[] | undefined {
  let next = 0;
  let form = '';
  const labels = options.map(({ label }) => {
    const found = optionMarks.map((mark) => mark.exec(label)).find((each) => each !== null);
    if (!found) return label;
    const mark = found[1] ?? '';
    const [kind, value] = orderOf(mark);
    if (value !== next || (form !== '' && form !== kind)) return label;
    form = kind;
    next += 1;
    return label.slice(found[0].length);
  });
  return next >= 2 && next * 2 >= options.length ? labels : undefined;
}

function orderOf(mark: string): readonly [form: string, value: number] {
  const code = mark.charCodeAt(0);
  if (/^\d/.test(mark)) return ['number', Number(mark) - 1];
  if (/[①-⑳]/.test(mark)) return ['circle', code - 0x2460];
  if (/[Ａ-Ｚａ-ｚ]/.test(mark)) return ['letter', code - (code >= 0xff41 ? 0xff41 : 0xff21)];
  return ['letter', code - (code >= 97 ? 97 : 65)];
}

/** “其他______”, “其他，请填写”: asks for words. */
const asksForWords = /^(.*?)(?:[_＿]{2,}.*|[,，:：（(\s]*请(?:注明|填写|说明|写明|列出)[^\u4e00-\u9fff]*)$/;

function guessOther(labels: readonly string[], line: number): Finding | undefined {
  const at: number[] = [];
  const cleaned = labels.map((label, index) => {
    const found = asksForWords.exec(label);
    if (!found || isGap(label)) return label;
    at.push(index);
    return (found[1] ?? '').replace(/[,，:：（(\s]+$/, '') || '其他';
  });
  if (at.length === 0) return undefined;
  const detail = { zh: '这个选项好像要填写说明', en: 'this option seems to ask for words' };
  return { line, detail, proposal: { kind: 'otherText', at, labels: cleaned } };
}

const standsAlone = /^(?:以上(?:都|均|皆)?(?:没有|不是|无|都没有|均无|皆无|都不是|均不是)|都没有|均无|无|没有|没有困难|都不了解)$/;

function guessExclusive(labels: readonly string[], kind: ImportedKind, line: number): Finding | undefined {
  const at = labels.flatMap((label, index) => (standsAlone.test(label) ? [index] : []));
  if (kind !== 'multiple' || at.length === 0) return undefined;
  const detail = {
    zh: `“${labels[at[0] ?? 0]}”好像不能与其他选项同时选`,
    en: `"${labels[at[0] ?? 0]}" seems to exclude the other options`,
  };
  return { line, detail, proposal: { kind: 'exclusive', at } };
}

const isChoice = (kind: ImportedKind): boolean => kind === 'single' || kind === 'multiple' || kind === 'dropdown';

/** What options suggest beyond their words. A scale or mixed rows leave nothing else to guess. */
export function guessesOfOptions(options: readonly ImportedOption[], kind: ImportedKind, title: string): readonly Finding[] {
  const first = options[0];
  if (!first || !isChoice(kind)) return [];
  const scale = kind === 'multiple' ? undefined : guessScale(options, title, first.line);
  if (scale) return [scale];
  const rows = rowsOf(options);
  if (rows) {
    const detail = {
      zh: `选项里混着 ${rows.length} 个小题和各自的分值，建议拆成 ${rows.length} 道量表题`,
      en: `${rows.length} rows and their points are mixed: split into ${rows.length} scales`,
    };
    return [{ line: first.line, detail, proposal: { kind: 'mixed', rows } }];
  }
  const labels = unlettered(options);
  const findings: Finding[] = [];
  if (labels) {
    const detail = { zh: '选项文字里带有编号，建议去掉', en: 'options carry letters or numbers of their own' };
    findings.push({ line: first.line, detail, proposal: { kind: 'optionLetters', labels } });
  }
  const words = labels ?? options.map((each) => each.label);
  const other = guessOther(words, first.line);
  if (other)
    findings.push({ ...other, line: options[other.proposal.kind === 'otherText' ? (other.proposal.at[0] ?? 0) : 0]?.line ?? first.line });
  const exclusive = guessExclusive(words, kind, first.line);
  if (exclusive) findings.push(exclusive);
  return findings;
}

/** What is odd about options without suggesting anything. */
export function flagsOfOptions(options: readonly ImportedOption[], kind: ImportedKind, line: number): readonly Flag[] {
  if (!isChoice(kind)) return [];
  if (options.length === 0) return [{ kind: 'noOptions', line, detail: { zh: '选择题没有选项', en: 'a choice without options' } }];
  const isScale = guessScale(options, '', line) !== undefined;
  if (!isScale && hasRunInside(options)) {
    return [
      {
        kind: 'mixed',
        line,
        detail: { zh: '选项里混着文字和连续的数字，请确认', en: 'words and runs of numbers are mixed among the options' },
      },
    ];
  }
  const seen = new Set<string>();
  const twice = options.find((each) => seen.has(each.label) || !seen.add(each.label));
  return twice
    ? [
        {
          kind: 'duplicateOption',
          line: twice.line,
          detail: { zh: `选项“${twice.label}”重复`, en: `option "${twice.label}" appears twice` },
        },
      ]
    : [];
}

/** `A. 是 B. 否` in one line; undefined where it is one option. */
export function inlineOptions(text: string): readonly string[] | undefined {
  const marks = [...text.matchAll(/(?:^|\s)([A-Ha-hＡ-Ｈ])\s*[.．、:：]\s*/g)];
  if (marks.length < 2 || marks[0]?.index !== 0) return undefined;
  if (!marks.every((each, at) => orderOf(each[1] ?? '')[1] === at)) return undefined;
  const parts = marks.map((each, at) => text.slice(each.index + each[0].length, marks[at + 1]?.index ?? text.length).trim());
  return parts.every((each) => each !== '') ? parts : undefined;
}

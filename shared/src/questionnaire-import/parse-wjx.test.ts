import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, checkDocument, isBlocked, parseDocument, type QuestionOf, questionsOf } from '../surveys';
import { parseWjx } from './parse-wjx';
import { toDocument } from './to-document';

const fixtures = new URL('../../../test/fixtures/questionnaires/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, fixtures));
const parsedOf = (name: string, encoding = 'utf-8') => parseWjx(new TextDecoder(encoding, { ignoreBOM: true }).decode(bytesOf(name)));
const kindsOf = (name: string) =>
  parsedOf(name).questions.map((each) => `${each.number ?? '-'} ${each.kind}${each.guessedKind ? `→${each.guessedKind}` : ''}`);
const one = (text: string) => {
  const [question] = parseWjx(text).questions;
  if (!question) throw new Error(`no question in ${text}`);
  return question;
};

describe('a messy business questionnaire', () => {
  const parsed = parsedOf('restaurants.txt');
  const at = (number: number) => parsed.questions[number - 1];

  it('is understood, guessed and flagged; nothing is unread', () => {
    expect(parsed.summary).toMatchObject({
      questions: 15,
      byKind: { text: 7, single: 3, mixed: 1, scale: 2, nps: 1, multiple: 1 },
      scalesGuessed: 2,
      mixedFlagged: 1,
      headingsGuessed: 3,
      duplicatesGuessed: 1,
    });
    expect(parsed.unread).toEqual([]);
  });

  it('proposes glued headings and headings that stand as questions', () => {
    const proposal = (number: number) => at(number)?.guesses.find((each) => each.kind === 'heading')?.proposal;
    expect(proposal(1)).toMatchObject({ heading: '门店概况', isWholeQuestion: false });
    expect(proposal(6)).toMatchObject({ heading: '经营信息', isWholeQuestion: true });
    expect(proposal(7)).toMatchObject({ heading: '外卖业务', isWholeQuestion: true });
  });

  it('finds the same question twice, own numbering, a title over lines, a limit on a single choice', () => {
    expect(at(4)?.guesses.map((each) => each.detail.zh)).toEqual(['与第 7 行的题目重复，建议去掉']);
    expect(at(3)?.guesses).toEqual([]);
    expect(at(10)?.guesses.map((each) => each.kind)).toEqual(['numbering', 'scale']);
    expect(at(14)).toMatchObject({ title: '今后一年您最希望得到哪方面的帮助？', required: true });
    expect(at(14)?.guesses.map((each) => each.kind)).toEqual(['brokenTitle', 'exclusive']);
    expect(at(8)?.guesses.map((each) => each.proposal)).toMatchObject([{ kind: 'multiple', max: 3 }, { kind: 'optionLetters' }]);
    expect(at(9)?.flags.map((each) => each.kind)).toEqual(['cutTitle', 'mixed']);
    expect(at(15)).toMatchObject({ kind: 'text', required: false, guesses: [] });
  });

  it('becomes a document with what was accepted, pages from headings', () => {
    const { document, leftOut, open } = toDocument(parsed, 'all');
    expect(open).toEqual([]);
    expect(leftOut.map((each) => each.line)).toEqual([10, 19, 22]);
    expect(document.pages.map((page) => [page.title?.zh, page.questions.length])).toEqual([
      ['门店概况', 4],
      ['外卖业务', 9],
    ]);
    expect(questionsOf(document).map((each) => `${each.title.zh} ${each.kind}`)).toEqual([
      '门店名称 text',
      '开业时间 text',
      '2025年末用工人数 text',
      '您的门店属于哪一类？ single',
      '主要从哪些渠道获得订单（最多选3项） multiple',
      '请为下列服务打分（1 很差，5 很好：办证 scale',
      '请为下列服务打分（1 很差，5 很好：检查 scale',
      '房租上涨影响经营 scale',
      '招工困难 scale',
      '您愿意向同行推荐本项服务吗？ nps',
      '是否享受过房租减免 single',
      '今后一年您最希望得到哪方面的帮助？ multiple',
      '如需回访，请留下电话（选填） text',
    ]);
    expect(questionsOf(document)[3]?.config).toMatchObject({ options: [{}, {}, {}, { label: { zh: '其他' }, withText: true }] });
    expect(questionsOf(document)[4]?.config).toEqual({
      max: 3,
      options: ['堂食', '外卖平台', '自有小程序', '团购', '以上都没有'].map((zh, index) => ({ id: `o${index + 1}`, label: { zh } })),
    });
    expect(checkDocument({ ...document, title: { zh: '餐饮' } }).filter((each) => each.blocks === 'publish')).toEqual([]);
  });

  it('is taken at its word where nobody has decided, and mixed rows stay out', () => {
    const { document, leftOut, open } = toDocument(parsed, { accepted: ['1-heading'], rejected: ['10-duplicate'] });
    expect(questionsOf(document)[0]?.title.zh).toBe('门店名称');
    expect(leftOut.map((each) => each.reason.zh)).toEqual(['选项里混着几个小题，确认拆分后才能导入']);
    expect(open.map((each) => each.id)).not.toContain('1-heading');
    expect(parsed.questions.flatMap((each) => each.guesses)).toHaveLength(open.length + 2);
    expect(questionsOf(document).find((each) => each.title.zh === '1．房租上涨影响经营')?.kind).toBe('single');
  });
});

describe('Windows line ends, full width, a byte order mark', () => {
  const parsed = parsedOf('messy-crlf.txt');

  it('are read', () => {
    expect([parsed.title, parsed.intro]).toEqual(['餐饮企业问卷（演示）', '本问卷约需三分钟。']);
    expect(kindsOf('messy-crlf.txt')).toEqual([
      '1 text',
      '2 single',
      '3 multiple',
      '4 dropdown',
      '5 longText',
      '6 scale',
      '7 scale',
      '8 scale',
      '- text',
    ]);
    expect(parsed.questions.map((each) => each.required)).toEqual([true, true, false, false, false, true, false, true, false]);
    expect(parsed.sections.map((each) => each.title)).toEqual(['第一部分 基本情况', '', '（二）用工情况']);
  });

  it('leave what belongs to nothing, with its line and why', () => {
    expect(parsed.unread).toEqual([
      { line: 42, text: '这一行不属于任何题目', reason: expect.objectContaining({ zh: '没有题型标记，也不属于上面的题目' }) },
      { line: 44, text: '9. 只有题号没有题型', reason: expect.objectContaining({ zh: '有题号，但没有题型标记（如“[单选题]”）' }) },
    ]);
  });

  it('take options apart at their letters and from behind a blank line', () => {
    const questions = questionsOf(toDocument(parsed, 'all').document);
    const labels = (index: number) => (questions[index] as QuestionOf<'single'>).config.options.map((each) => each.label.zh);
    expect([labels(1), labels(2), labels(3)]).toEqual([
      ['是', '否', '不清楚'],
      ['本地', '外地'],
      ['五天', '六天', '七天'],
    ]);
    expect(questions[5]?.config).toEqual({ min: 1, max: 5, lowLabel: { zh: '很不满意' }, highLabel: { zh: '很满意' } });
    expect(questions[3]?.required).toBe(true);
  });
});

describe('a GB18030 file', () => {
  it('is read once its bytes are text', () => {
    const parsed = parsedOf('gb18030.txt', 'gb18030');
    expect(parsed.questions.map((each) => each.title)).toEqual(['一、企业概况企业全称', '主营品类', '对政策“免申即享”的满意程度']);
    expect(parsed.summary).toMatchObject({ scalesGuessed: 1, headingsGuessed: 1 });
    expect(parsed.unread).toEqual([]);
  });
});

describe('kinds in the bracket', () => {
  it('are all recognised; those that we do not have are named, with their lines', () => {
    const parsed = parsedOf('all-kinds.txt');
    expect(parsed.questions.map((each) => each.kind)).toEqual([
      'single',
      'multiple',
      'text',
      'scale',
      'matrix',
      'matrix',
      'matrix',
      'ranking',
      'dropdown',
      'weight',
      'table',
      'unknown',
      'single',
      'nps',
      'number',
      'date',
    ]);
    expect(parsed.summary.unsupported).toBe(7);
    expect(parsed.unread).toHaveLength(23);
    expect(parsed.unread[0]).toMatchObject({ line: 18, reason: { zh: '暂不支持“矩阵单选题”，请改为其他题型后手工添加' } });
    const { document, leftOut } = toDocument(parsed, 'all');
    expect([questionsOf(document).length, leftOut.length]).toEqual([9, 7]);
  });

  it.each([
    ['1. 题*[单选题]', 'single', true],
    ['1. 题 [填空题]', 'text', false],
    ['1．题＊【多选题】', 'multiple', true],
    ['1、题［下拉题］［不能为空］', 'dropdown', true],
    ['1) 题[填空题，必须填]', 'text', true],
    ['1. 题*[填空题][可以为空]', 'text', false],
    ['1. 题[非必答题][量表题]', 'scale', false],
    ['Q1: 题[单选题][必答题]', 'single', true],
    ['第1题 题[单选题]*', 'single', true],
    ['*1. 题[问答题]', 'longText', true],
    ['１．题[nps题]', 'nps', false],
  ])('%s', (line, kind, required) => {
    expect(one(line)).toMatchObject({ number: 1, title: '题', kind, required });
  });

  it('leave square brackets inside a title alone', () => {
    expect(one('1. 请选择[可参考附件][单选题]').title).toBe('请选择[可参考附件]');
    expect(parseWjx('1. 题[其他说明]').unread).toHaveLength(1);
  });
});

describe('guesses that must not be made', () => {
  it('points that are no run, or too many, stay options', () => {
    const options = (...labels: readonly string[]) => one(`1. 题[单选题]\n${labels.join('\n')}`);
    expect(options('1', '2', '3').guessedKind).toBe('scale');
    expect(options('5', '4', '3', '2', '1').guessedKind).toBe('scale');
    expect(options('1（差）', '2', '3（好）').guesses[0]?.proposal).toMatchObject({ lowLabel: '差', highLabel: '好' });
    for (const labels of [
      ['1', '2'],
      ['1', '3', '5'],
      ['10', '20', '30'],
      ['2', '3', '4'],
      ['1-3年', '3-5年', '5年以上'],
    ]) {
      expect(options(...labels).guessedKind).toBeUndefined();
    }
    expect(options('1. 是', '2. 否', '3. 不知道').guesses.map((each) => each.kind)).toEqual(['optionLetters']);
    expect(options('B2B', 'B2C').guesses).toEqual([]);
    expect(options('e-bay', 'a.k.a').guesses).toEqual([]);
    expect(options('1.5倍', '2.5倍').guesses).toEqual([]);
  });

  it('numbers that belong to the title stay in it', () => {
    expect(one('1. 2025年销售收入[填空题]').guesses).toEqual([]);
    expect(one('1. 1.5倍以上[填空题]').guesses).toEqual([]);
    expect(one('1. 一、题目是什么？*[单选题]\n是\n否').guesses.map((each) => each.kind)).toEqual(['numbering']);
  });

  it('Chinese numbers that count on over the questions are numbering, not headings', () => {
    const parsed = parseWjx(
      ['一、经营情况', '二、用工情况', '三、资金情况'].map((title, at) => `${at + 1}. ${title}[填空题]`).join('\n\n'),
    );
    expect(parsed.questions.map((each) => each.guesses.map((guess) => guess.kind))).toEqual([['numbering'], ['numbering'], ['numbering']]);
  });

  it('says when title and mark disagree about being required', () => {
    expect(one('1. 电话（选填）*[填空题]').guesses.map((each) => each.proposal)).toEqual([{ kind: 'required', required: false }]);
    expect(one('1. 电话（选填）[填空题]').guesses).toEqual([]);
  });

  it('flags a choice without options', () => {
    expect(one('1. 题[单选题]').flags.map((each) => each.kind)).toEqual(['noOptions']);
    expect(one('1. [填空题]').flags.map((each) => each.kind)).toEqual(['noTitle']);
    expect(one('1. 题[单选题]\n甲\n甲').flags.map((each) => each.kind)).toEqual(['duplicateOption']);
  });
});

/** Files of the same grammar as the real ones, with noise. */
const piece = fc.oneof(
  fc.constantFrom(
    '',
    '',
    '1',
    '2',
    '3',
    '4',
    '5',
    '是',
    '否',
    '  ',
    '\u3000',
    '____',
    '===分页===',
    '一、企业概况',
    '（二）用工',
    'A. 甲 B. 乙',
    '其他，请填写',
    '[单选题]',
    '*',
  ),
  fc
    .tuple(
      fc.nat({ max: 99 }),
      fc.constantFrom('. ', '、', '．', ') ', ' '),
      fc.constantFrom('题目', '一、企业概况企业名称', '2．竞争激烈', '（选填）', ''),
      fc.constantFrom('', '*[单选题]', '[填空题]', '【多选题】【必答题】', '[矩阵量表题]', '[量表题]', '[排序题]', '[xx题]'),
    )
    .map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const anyFile = fc
  .tuple(fc.array(piece, { maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'), fc.constantFrom('', '\ufeff'))
  .map(([lines, end, mark]) => mark + lines.join(end));

describe('whatever is pasted', () => {
  it('never throws; every line that is not blank comes out exactly once', () => {
    fc.assert(
      fc.property(anyFile, (text) => {
        const parsed = parseWjx(text);
        const nonblank = text
          .replace(/^\ufeff/, '')
          .split(/\r\n|\r|\n/)
          .flatMap((raw, at) => (raw.replace(/[\s\u00a0\u3000\u200b\ufeff]+/g, '') === '' ? [] : [at + 1]));
        expect(parsed.lines.map((each) => each.line)).toEqual(nonblank);
        const { understood, guessed, unread } = parsed.summary.lines;
        expect(understood + guessed + unread).toBe(nonblank.length);
        expect(parsed.unread.map((each) => each.line)).toEqual(
          parsed.lines.filter((each) => each.as === 'unread').map((each) => each.line),
        );
        const ids = parsed.questions.flatMap((each) => each.guesses.map((guess) => guess.id));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 500 },
    );
  });

  it('becomes a document that can be stored, with or without confirmations', () => {
    fc.assert(
      fc.property(anyFile, fc.boolean(), (text, isAll) => {
        const parsed = parseWjx(text);
        const { document, leftOut } = toDocument(parsed, isAll ? 'all' : { accepted: [] });
        const read = parseDocument(JSON.parse(JSON.stringify(document)));
        expect(read.ok ? canonicalJson(read.document) : read.errors).toBe(canonicalJson(document));
        const rows = parsed.questions.reduce(
          (sum, each) => sum + (each.guesses.find((guess) => guess.kind === 'mixed')?.proposal.kind === 'mixed' ? 1 : 0),
          0,
        );
        expect(questionsOf(document).length + leftOut.length).toBeGreaterThanOrEqual(parsed.questions.length - rows);
      }),
      { numRuns: 300 },
    );
  });

  it('long lines, long titles and a flood of questions are named, not cut in silence', () => {
    expect(parseWjx('x'.repeat(3000)).unread).toHaveLength(1);
    const long = parseWjx(`1. ${'长'.repeat(600)}[填空题]`);
    expect(long.questions[0]?.flags.map((each) => each.kind)).toEqual(['tooLong']);
    expect(toDocument(long, 'all').leftOut).toHaveLength(1);
    const flood = parseWjx(Array.from({ length: 320 }, (_, at) => `${at + 1}. 第${at}个问题[填空题]`).join('\n\n'));
    const { document, leftOut } = toDocument(flood, 'all');
    expect([questionsOf(document).length, leftOut.length]).toEqual([300, 20]);
    expect(isBlocked(checkDocument({ ...document, title: { zh: '题' } }), 'publish')).toBe(false);
  });

  it('a file of twenty thousand questions takes seconds, not minutes', () => {
    const text = Array.from({ length: 20_000 }, (_, at) => `${at + 1}. 一、企业概况企业名称${at}[单选题]\n1\n2\n3\n`)
      .join('\n')
      .slice(0, 2_000_000);
    const started = performance.now();
    parseWjx(text);
    expect(performance.now() - started).toBeLessThan(10_000);
  }, 20_000);
});

import { FileTextOutlined } from '@ant-design/icons';
import type { ResponseOf } from '@suiban/shared/api/operation';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { type ImportedKind, toDocument } from '@suiban/shared/questionnaire-import';
import { questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import { Alert, Button, Card, Col, Flex, Row, Tag, Upload } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { type Problem, upload } from '../../api/client';
import { toProblem, useWrite } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { LineList } from '../../ui/line-list';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { ImportGuesses } from './import-guesses';
import { importedKindText } from './import-texts';
import { kindText } from './kind-words';
import { questionnaireWords } from './questionnaires.words';

type Parsed = ResponseOf<typeof questionnairesApi.parseQuestionnaireText>;

export function QuestionnaireImportPage() {
  const w = useWords(questionnaireWords);
  const [parsed, setParsed] = useState<Parsed | null>(null);
  const [fileName, setFileName] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = async (file: File) => {
    setProblem(null);
    setFileName(file.name.replace(/\.[^.]*$/, ''));
    try {
      setParsed(await upload(questionnairesApi.parseQuestionnaireText, file));
    } catch (error) {
      const found = toProblem(error);
      if (!found) throw error;
      setProblem(found);
    }
  };
  return (
    <Page title={w('importText')} trail={[{ label: w('title'), to: '/questionnaires' }, { label: w('importText') }]} subtitle={w('lead')}>
      <ProblemAlert problem={problem} />
      {parsed ? (
        <Confirm key={JSON.stringify(parsed.result.summary)} parsed={parsed} fileName={fileName} onAgain={() => setParsed(null)} />
      ) : (
        <Upload.Dragger
          accept=".txt,text/plain"
          showUploadList={false}
          beforeUpload={(file) => {
            void read(file);
            return false;
          }}
        >
          <p className="ant-upload-drag-icon">
            <FileTextOutlined />
          </p>
          <p className="ant-upload-text">{w('dropTitle')}</p>
          <p className="hint">{w('drop')}</p>
        </Upload.Dragger>
      )}
    </Page>
  );
}

interface ConfirmProps {
  parsed: Parsed;
  fileName: string;
  onAgain: () => void;
}

/** Guesses are decided here; what the file becomes is shown at the right, made by the same code. */
function Confirm({ parsed: { encoding, result }, fileName, onAgain }: ConfirmProps) {
  const w = useWords(questionnaireWords);
  const navigate = useNavigate();
  const guesses = useMemo(() => result.questions.flatMap((question) => question.guesses), [result]);
  const [accepted, setAccepted] = useState<readonly string[]>(() => guesses.map((guess) => guess.id));
  const rejected = guesses.filter((guess) => !accepted.includes(guess.id)).map((guess) => guess.id);
  const made = toDocument(result, { accepted, rejected });
  // A file without a title is called by its name: it can be told from others in the list.
  const document = made.document.title.zh ? made.document : { ...made.document, title: { zh: fileName } };
  const create = useWrite(questionnairesApi.createQuestionnaire, {
    refresh: [questionnairesApi.listQuestionnaires.id],
    onDone: (questionnaire) => navigate(`/questionnaires/${questionnaire.id}`),
  });
  const { lines, questions } = result.summary;
  return (
    <>
      <Alert
        type={result.unread.length > 0 ? 'warning' : 'success'}
        showIcon
        style={{ marginBottom: 16 }}
        title={w('summary', { questions, encoding: encoding.toUpperCase(), ...lines })}
        description={<Counts summary={result.summary} />}
        action={<Button onClick={onAgain}>{w('again')}</Button>}
      />
      <ProblemAlert problem={create.error} />
      <Row gutter={16}>
        <Col span={12}>
          <ImportGuesses guesses={guesses} accepted={accepted} onChange={setAccepted} />
          <Notes result={result} leftOut={made.leftOut} />
        </Col>
        <Col span={12}>
          <Card
            title={w('previewCount', { count: questionsOf(document).length })}
            extra={
              <Button type="primary" loading={create.isPending} onClick={() => create.mutate({ body: { document } })}>
                {w('save')}
              </Button>
            }
          >
            <Questions document={document} />
          </Card>
        </Col>
      </Row>
    </>
  );
}

function Questions({ document }: { document: SurveyDocument }) {
  const w = useWords(questionnaireWords);
  const { lang } = useLanguage();
  return (
    <LineList
      items={questionsOf(document)}
      itemKey={(question) => question.id}
      render={(question, index) => (
        <Flex vertical gap={4}>
          <span>
            {index + 1}. {question.title.zh}
          </span>
          <span className="hint">
            <Tag>{kindText(question.kind, lang)}</Tag>
            {w(question.required ? 'required' : 'optional')}
            {'options' in question.config ? ` · ${w('options', { count: question.config.options.length })}` : ''}
          </span>
        </Flex>
      )}
    />
  );
}

/** What the file holds, guesses counted as what they seem to be. */
function Counts({ summary }: { summary: Parsed['result']['summary'] }) {
  const w = useWords(questionnaireWords);
  const { lang } = useLanguage();
  const kinds = Object.entries(summary.byKind) as [ImportedKind, number][];
  const parts = kinds.map(([kind, count]) => {
    const text = `${importedKindText(kind, lang)} ${count}`;
    return kind === 'scale' && summary.scalesGuessed > 0 ? `${text}${w('ofThemGuessed', { count: summary.scalesGuessed })}` : text;
  });
  return (
    <>
      <div>{parts.join(' · ')}</div>
      <div className="hint">
        {w('counts', {
          required: summary.required,
          optional: summary.optional,
          headings: summary.headingsGuessed,
          duplicates: summary.duplicatesGuessed,
          mixed: summary.mixedFlagged,
        })}
      </div>
    </>
  );
}

function Notes({ result, leftOut }: { result: Parsed['result']; leftOut: ReturnType<typeof toDocument>['leftOut'] }) {
  const w = useWords(questionnaireWords);
  const { lang } = useLanguage();
  const flags = result.questions.flatMap((question) => question.flags.map((flag) => ({ ...flag, title: question.title })));
  const cards = [
    { title: w('flags'), lines: flags.map((flag) => ({ line: flag.line, text: `${flag.title} — ${flag.detail[lang]}` })) },
    { title: w('leftOut'), lines: leftOut.map((left) => ({ line: left.line, text: `${left.title} — ${left.reason[lang]}` })) },
    { title: w('unread'), lines: result.unread.map((unread) => ({ line: unread.line, text: `${unread.text} — ${unread.reason[lang]}` })) },
  ];
  return cards.map((card) =>
    card.lines.length > 0 ? (
      <Card key={card.title} title={`${card.title}（${card.lines.length}）`} style={{ marginTop: 16 }}>
        <LineList
          items={card.lines}
          itemKey={(item) => `${item.line} ${item.text}`}
          render={(item) => (
            <span>
              <span className="hint">{w('line', { line: item.line })}</span> {item.text}
            </span>
          )}
        />
      </Card>
    ) : null,
  );
}

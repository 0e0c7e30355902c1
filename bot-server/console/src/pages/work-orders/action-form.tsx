import { PaperClipOutlined } from '@ant-design/icons';
import { type WorkOrderDetail, workOrdersApi } from '@suiban/shared/api/work-orders';
import { actionRules, outcomeWords, workOrderOutcomes } from '@suiban/shared/work-orders';
import { Button, Form, Input, InputNumber, Radio, Select, Skeleton, Upload } from 'antd';
import { useState } from 'react';
import { type Problem, upload } from '../../api/client';
import { toProblem, useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { type ActionName, actionOf } from './action-names';
import { workOrderWords } from './work-orders.words';

export type ActionInput = Readonly<Record<string, string | number | boolean | string[] | undefined>>;

interface ActionFormProps {
  order: WorkOrderDetail;
  name: ActionName;
  isBusy: boolean;
  onSend: (input: ActionInput) => void;
}

const withReason: readonly ActionName[] = ['returnWorkOrder', 'rejectReply'];
const withText: readonly ActionName[] = ['recordContact', 'recordPlan', 'superviseWorkOrder'];

/** Asks for what the action needs, nothing else. */
export function ActionForm({ order, name, isBusy, onSend }: ActionFormProps) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  return (
    <Form<ActionInput>
      layout="vertical"
      requiredMark={false}
      initialValues={{ days: 5, granted: true, bureauId: order.bureauId ?? undefined, outcome: 'solved' }}
      onFinish={onSend}
    >
      {name === 'acceptWorkOrder' ? <p>{w('acceptNote')}</p> : null}
      {name === 'approveReply' ? <p>{w('approveNote')}</p> : null}
      {name === 'assignWorkOrder' ? <AssignFields /> : null}
      {withReason.includes(name) ? <TextField name="reason" label={w('reason')} min={2} max={500} /> : null}
      {withText.includes(name) ? <TextField name="text" label={w('note')} min={2} max={500} /> : null}
      {name === 'requestExtension' ? (
        <>
          <Form.Item name="days" label={w('days')} rules={[{ required: true, message: w('needChoice') }]}>
            <InputNumber min={1} max={30} />
          </Form.Item>
          <TextField name="reason" label={w('reason')} min={2} max={500} />
        </>
      ) : null}
      {name === 'decideExtension' ? (
        <>
          <Form.Item name="granted" label={w('granted')}>
            <Radio.Group
              options={[
                { value: true, label: lang === 'zh' ? '同意' : 'Yes' },
                { value: false, label: lang === 'zh' ? '不同意' : 'No' },
              ]}
            />
          </Form.Item>
          <TextField name="reason" label={w('reason')} min={2} max={500} isOptional />
        </>
      ) : null}
      {name === 'replyWorkOrder' ? <ReplyFields order={order} /> : null}
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {actionRules[actionOf[name]].words[lang]}
      </Button>
    </Form>
  );
}

function TextField(props: { name: string; label: string; min: number; max: number; hint?: string; isOptional?: boolean }) {
  const w = useWords(workOrderWords);
  return (
    <Form.Item
      name={props.name}
      label={props.label}
      extra={props.hint}
      rules={[{ required: !props.isOptional, min: props.min, message: w('needText', { min: props.min }) }]}
    >
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={props.max} showCount />
    </Form.Item>
  );
}

function AssignFields() {
  const w = useWords(workOrderWords);
  const handlers = useRead(workOrdersApi.listHandlers);
  const form = Form.useFormInstance();
  const bureauId = Form.useWatch('bureauId', form) as string | undefined;
  if (handlers.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  const bureaus = handlers.data?.bureaus ?? [];
  const people = bureaus.find((bureau) => bureau.bureauId === bureauId)?.handlers ?? [];
  return (
    <>
      <ProblemAlert problem={handlers.error} />
      <Form.Item name="bureauId" label={w('handlerUnit')} rules={[{ required: true, message: w('needChoice') }]}>
        <Select
          showSearch
          optionFilterProp="label"
          onChange={() => form.setFieldValue('handlerId', undefined)}
          options={bureaus.map((bureau) => ({ value: bureau.bureauId, label: bureau.name }))}
        />
      </Form.Item>
      <Form.Item name="handlerId" label={w('handler')}>
        <Select allowClear options={people.map((person) => ({ value: person.id, label: person.name }))} />
      </Form.Item>
      <TextField name="note" label={w('note')} min={0} max={500} isOptional />
    </>
  );
}

function ReplyFields({ order }: { order: WorkOrderDetail }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const form = Form.useFormInstance();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [files, setFiles] = useState<{ id: string; fileName: string }[]>([]);
  const attach = async (file: File) => {
    setProblem(null);
    try {
      const stored = await upload(workOrdersApi.uploadWorkOrderAttachment, file, { params: { workOrderId: order.id } });
      const all = [...files, stored];
      setFiles(all);
      form.setFieldValue(
        'attachmentIds',
        all.map((each) => each.id),
      );
    } catch (error) {
      const found = toProblem(error);
      if (!found) throw error;
      setProblem(found);
    }
  };
  return (
    <>
      <Form.Item name="outcome" label={w('outcome')}>
        <Radio.Group options={workOrderOutcomes.map((value) => ({ value, label: outcomeWords[value][lang] }))} />
      </Form.Item>
      <TextField name="reply" label={w('replyText')} hint={w('replyHint')} min={10} max={4000} />
      <ProblemAlert problem={problem} />
      <Form.Item name="attachmentIds" hidden>
        <Select mode="multiple" />
      </Form.Item>
      <Form.Item extra={w('attachHint')}>
        <Upload
          accept="image/*,.pdf"
          fileList={files.map((file) => ({ uid: file.id, name: file.fileName, status: 'done' as const }))}
          showUploadList={{ showRemoveIcon: false }}
          beforeUpload={(file) => {
            void attach(file);
            return false;
          }}
        >
          <Button icon={<PaperClipOutlined />}>{w('attach')}</Button>
        </Upload>
      </Form.Item>
    </>
  );
}

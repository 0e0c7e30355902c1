import { type EnterpriseDetail, enterprisesApi } from '@suiban/shared/api/enterprises';
import { industryLabel } from '@suiban/shared/enterprises';
import { formatFen, groupDigits } from '@suiban/shared/time';
import { App, Button, Card, Col, Flex, Form, Input, Modal, Row, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { useRead, useWrite } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { LineList } from '../../ui/line-list';
import { Page } from '../../ui/page';
import { usePlaceNames } from '../../ui/place-names';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { enterpriseWords } from './enterprises.words';

export function EnterprisePage() {
  const w = useWords(enterpriseWords);
  const { enterpriseId = '' } = useParams();
  const firm = useRead(enterprisesApi.getEnterprise, { params: { enterpriseId } });
  if (firm.isPending) return <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 32 }} />;
  return (
    <Page
      title={firm.data?.name ?? w('title')}
      trail={[{ label: w('title'), to: '/enterprises' }, { label: firm.data?.name ?? '' }]}
      subtitle={firm.data?.creditCode}
      tags={
        <>
          {firm.data?.isDemo ? <Tag>{w('demo')}</Tag> : null}
          {firm.data?.isSuppressed ? <Tag color="warning">{w('suppressed')}</Tag> : null}
        </>
      }
      actions={firm.data ? <Suppression firm={firm.data} /> : null}
    >
      <ProblemAlert problem={firm.error} onRetry={() => void firm.refetch()} />
      {firm.data ? (
        <Row gutter={[16, 16]}>
          <Col span={10}>
            <Facts firm={firm.data} />
          </Col>
          <Col span={14}>
            <People firm={firm.data} />
          </Col>
        </Row>
      ) : null}
    </Page>
  );
}

function Facts({ firm }: { firm: EnterpriseDetail }) {
  const w = useWords(enterpriseWords);
  const { lang } = useLanguage();
  const names = usePlaceNames();
  const facts: [string, React.ReactNode][] = [
    [w('district'), names.district(firm.districtCode)],
    [w('subdistrict'), firm.subdistrict ?? w('none')],
    [
      w('industry'),
      <span key="industry">
        {industryLabel(firm.industryCode, lang)} <span className="hint">{firm.industryCode}</span>
      </span>,
    ],
    [w('size'), w(firm.sizeClass ?? 'unknownSize')],
    [w('staff'), firm.staffCount === null ? w('none') : groupDigits(firm.staffCount)],
    [w('revenue'), firm.annualRevenueFen === null ? w('none') : formatFen(firm.annualRevenueFen)],
    [w('assets'), firm.totalAssetsFen === null ? w('none') : formatFen(firm.totalAssetsFen)],
    [
      w('tags'),
      firm.tags.length > 0 ? (
        <Flex key="tags" gap={4} wrap>
          {firm.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </Flex>
      ) : (
        w('none')
      ),
    ],
    [w('step'), <Tag key="funnel">{w(firm.funnel)}</Tag>],
  ];
  return (
    <Card title={w('facts')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function People({ firm }: { firm: EnterpriseDetail }) {
  const w = useWords(enterpriseWords);
  const time = useTimeText();
  return (
    <>
      <Card title={w('contacts')} styles={{ body: { paddingBlock: 4 } }}>
        <LineList
          items={firm.contacts}
          itemKey={(contact) => contact.id}
          empty={w('noContacts')}
          render={(contact) => (
            <Flex justify="space-between" align="center" gap={16}>
              <span>
                {contact.nameMasked ?? ''} {contact.mobileMasked}
              </span>
              <Unmask firm={firm} contactId={contact.id} />
            </Flex>
          )}
        />
        {firm.emails.length > 0 ? (
          <p className="hint">
            {w('emails')}：{firm.emails.map(({ emailMasked }) => emailMasked).join('、')}
          </p>
        ) : null}
      </Card>
      <Card title={w('agents')} styles={{ body: { paddingBlock: 4 } }} style={{ marginTop: 16 }}>
        <LineList
          items={firm.agents}
          itemKey={(agent, at) => `${at} ${agent.label}`}
          empty={w('noAgents')}
          render={(agent) => (
            <>
              {agent.label} <span className="hint">{time.near(agent.boundAt)}</span>
            </>
          )}
        />
      </Card>
      <Card title={w('invitations')} styles={{ body: { paddingBlock: 4 } }} style={{ marginTop: 16 }}>
        <LineList
          items={firm.invitations}
          itemKey={(invitation, at) => `${at} ${invitation.mobileMasked}`}
          empty={w('noInvitations')}
          render={(invitation) => (
            <>
              {invitation.mobileMasked} <Tag>{w(invitation.state)}</Tag> <span className="hint">{time.near(invitation.sentAt)}</span>
            </>
          )}
        />
      </Card>
    </>
  );
}

function Unmask({ firm, contactId }: { firm: EnterpriseDetail; contactId: string }) {
  const w = useWords(enterpriseWords);
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  const unmask = useWrite(enterprisesApi.unmaskContact);
  if (!may('enterprises.unmask')) return null;
  return (
    <>
      <Button type="link" size="small" onClick={() => setOpen(true)}>
        {w('unmask')}
      </Button>
      <Modal
        open={isOpen}
        title={w('unmask')}
        footer={null}
        destroyOnHidden
        onCancel={() => {
          setOpen(false);
          unmask.reset();
        }}
      >
        <ProblemAlert problem={unmask.error} />
        {unmask.data ? (
          <p className="figure-value" aria-live="polite">
            {unmask.data.name} {unmask.data.mobile}
          </p>
        ) : (
          <Form<{ reason: string }>
            layout="vertical"
            onFinish={({ reason }) => unmask.mutate({ params: { enterpriseId: firm.id, contactId }, body: { reason } })}
          >
            <Form.Item name="reason" label={w('unmaskReason')} rules={[{ required: true, min: 4, message: w('needReason') }]}>
              <Input.TextArea rows={2} maxLength={200} autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={unmask.isPending}>
              {w('show')}
            </Button>
          </Form>
        )}
      </Modal>
    </>
  );
}

function Suppression({ firm }: { firm: EnterpriseDetail }) {
  const w = useWords(enterpriseWords);
  const { may } = useSession();
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const write = useWrite(enterprisesApi.setSuppression, {
    refresh: [enterprisesApi.getEnterprise.id],
    onDone: () => {
      setOpen(false);
      message.success(w('save'));
    },
  });
  if (!may('enterprises.manage')) return null;
  const label = w(firm.isSuppressed ? 'unsuppress' : 'suppress');
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Modal open={isOpen} title={label} footer={null} destroyOnHidden onCancel={() => setOpen(false)}>
        <ProblemAlert problem={write.error} />
        <Form<{ reason: string }>
          layout="vertical"
          onFinish={({ reason }) => write.mutate({ params: { enterpriseId: firm.id }, body: { isSuppressed: !firm.isSuppressed, reason } })}
        >
          <Form.Item name="reason" label={w('suppressReason')} rules={[{ required: true, min: 2, message: w('needReason') }]}>
            <Input.TextArea rows={2} maxLength={200} autoFocus />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={write.isPending}>
            {w('save')}
          </Button>
        </Form>
      </Modal>
    </>
  );
}

import { Breadcrumb, Flex, Typography } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { useSession } from '../layout/session';

interface PageProps {
  title: string;
  /** One line below the title: state, counts, dates. */
  subtitle?: ReactNode;
  trail?: readonly { label: string; to?: string }[];
  /** At the right of the title: one primary action, the rest in a menu. */
  actions?: ReactNode;
  tags?: ReactNode;
  /** Fills the window; its parts scroll by themselves. */
  isWorkspace?: boolean;
  children: ReactNode;
}

/** A sentence for a title (a work order) is set smaller. */
const longTitle = 24;

/** Frame of every page: where I am, what it is, what I can do. */
export function Page({ title, subtitle, trail, actions, tags, isWorkspace, children }: PageProps) {
  const { productName } = useSession().city;
  useEffect(() => {
    document.title = `${title} · ${productName}`;
  }, [title, productName]);
  return (
    <div className={isWorkspace ? 'page workspace' : 'page'}>
      {trail ? (
        <Breadcrumb
          className="page-trail"
          items={trail.map((step) => ({ title: step.to ? <Link to={step.to}>{step.label}</Link> : step.label }))}
        />
      ) : null}
      <Flex justify="space-between" align="flex-start" gap={16} className="page-head">
        <div className="page-title">
          <Flex align="center" gap={8} wrap>
            <Typography.Title level={1} className={title.length > longTitle ? 'long' : ''} title={title}>
              {title}
            </Typography.Title>
            {tags}
          </Flex>
          {subtitle ? <div className="page-subtitle">{subtitle}</div> : null}
        </div>
        {actions ? (
          <Flex gap={8} wrap className="page-actions">
            {actions}
          </Flex>
        ) : null}
      </Flex>
      {children}
    </div>
  );
}

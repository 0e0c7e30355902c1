import { dictionary } from '@suiban/shared/text';
import { Button, Result } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../i18n/language';

const pageWords = dictionary(
  { title: '没有这个页面', lead: '地址可能写错了，或者内容已经移走。', back: '回到工作台' },
  { title: 'No such page', lead: 'The address may be mistyped, or the page has moved.', back: 'Back to the workbench' },
);

export function NotFoundPage() {
  const w = useWords(pageWords);
  return (
    <Result
      status="404"
      title={<h1 className="result-title">{w('title')}</h1>}
      subTitle={w('lead')}
      extra={
        <Link to="/">
          <Button type="primary">{w('back')}</Button>
        </Link>
      }
    />
  );
}

import './databases.css';
import type { PageProps } from '../../routes.ts';
import { DatabaseList } from './database-list.tsx';
import { OneDatabase } from './one-database.tsx';

export function DatabasesPage({ item }: PageProps) {
  return item === null ? <DatabaseList /> : <OneDatabase key={item} name={item} />;
}

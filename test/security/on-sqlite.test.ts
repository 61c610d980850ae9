import { onSqlite } from '../support/engines.ts';
import { attackSuite } from './attack-suite.ts';

onSqlite(attackSuite);

import { conformRoom } from './conform-room.ts';

conformRoom('pyramid');

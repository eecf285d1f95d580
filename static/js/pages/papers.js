// The officers' front page: signs out.
import { signOut } from "../staff/out.js";

signOut();

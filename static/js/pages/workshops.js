// The list of workshops.
import { signOut } from "../staff/out.js";

signOut();

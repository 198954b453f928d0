// SPDX-License-Identifier: Apache-2.0

#ifndef CSCHEDULING_H
#define CSCHEDULING_H

// Keeps the calling thread on the processor it runs on, or lets it run on all of them again. Where the system refuses
// nothing changes.
void psws_pin_to_this_processor(void);
void psws_run_on_all_processors(void);

// Processor time that the calling thread has used, in seconds.
double psws_thread_seconds(void);

#endif

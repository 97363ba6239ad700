/** Deployments and their schedules: tables, filters, answers. */
@NullMarked
package io.annals.query.deployment;

import org.jspecify.annotations.NullMarked;

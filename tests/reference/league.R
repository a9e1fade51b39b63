# Oracle numbers for the league tables of src/stats: run `Rscript league.R > league.csv` in this
# folder. Made with R 4.2.2 and metafor 3.8-1; not needed to run the tests, which read league.csv.
suppressMessages(library(metafor))
say <- function(name, value) cat(sprintf("%s,%.12g\n", name, value))
cat("name,value\n")

# Variance between units, and what is believed of each.
meta <- function(name, y, n) {
  v <- 4 / n
  tight <- list(threshold = 1e-12, tol = 1e-12, maxiter = 1000)
  say(paste0("rma.", name, ".reml"), rma(y, v, method = "REML", control = tight)$tau2)
  say(paste0("rma.", name, ".pm"), rma(y, v, method = "PM", control = list(tol = 1e-12))$tau2)
  dl <- rma(y, v, method = "DL")
  say(paste0("rma.", name, ".mean"), as.numeric(dl$beta))
  say(paste0("rma.", name, ".error"), dl$se)
  say(paste0("rma.", name, ".qp"), dl$QEp)
  each <- blup(dl)
  say(paste0("rma.", name, ".blup1"), each$pred[1])
  say(paste0("rma.", name, ".blup1error"), each$se[1])
}
meta("first", c(8.6, 8.2, 7.0, 8.3, 6.4, 7.5), c(8, 120, 45, 25, 10, 200))
meta("second", c(8.9, 7.8, 7.2, 8.1, 6.4, 7.5), c(8, 120, 45, 15, 10, 200))

# Consistency of units of different sizes.
unit <- factor(c(1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 4, 4, 4))
answer <- c(8, 9, 8, 9, 7, 9, 5, 10, 6, 2, 8, 8, 6, 7, 6)
squares <- anova(lm(answer ~ unit))[["Mean Sq"]]
sizes <- tabulate(unit)
size <- (sum(sizes) - sum(sizes^2) / sum(sizes)) / (length(sizes) - 1)
say("uneven.msb", squares[1])
say("uneven.msw", squares[2])
say("uneven.between", (squares[1] - squares[2]) / size)
say("uneven.icc", (squares[1] - squares[2]) / (squares[1] + (size - 1) * squares[2]))
distance <- abs(answer - ave(answer, unit, FUN = median))
spread <- anova(lm(distance ~ unit))
say("uneven.bf", spread[["F value"]][1])
say("uneven.bfp", spread[["Pr(>F)"]][1])

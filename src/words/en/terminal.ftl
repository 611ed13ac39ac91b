error = error:
cause = cause:
hint = hint:

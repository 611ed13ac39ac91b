error = lỗi:
cause = vì:
hint = gợi ý:

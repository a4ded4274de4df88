/* layout_styles - how texts look that several kinds of blocks have; sizes follow the body's. */
#include "write/pdf_int.h"

double flow_scale(const struct flow *flow)
{
    return flow->style->body_size / style_default.body_size;
}

struct text_style flow_scaled(const struct flow *flow, struct text_style style)
{
    style.size *= flow_scale(flow);
    style.leading *= flow_scale(flow);
    return style;
}

struct text_style flow_body_style(const struct flow *flow, unsigned style)
{
    return (struct text_style){style, flow->size, flow->leading, COLOUR_TEXT, false};
}

struct text_style flow_caption_style(const struct flow *flow)
{
    return flow_scaled(flow, (struct text_style){SPAN_BOLD, 10, 13.5, COLOUR_TEXT, false});
}

struct text_style flow_small_style(const struct flow *flow)
{
    return flow_scaled(flow, (struct text_style){0, 9, 12, COLOUR_MUTED, false});
}

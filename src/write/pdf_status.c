/* pdf_status - the shapes of statuses. */
#include "write/pdf_int.h"

static void add_tick(struct canvas *canvas, double x, double y, double size)
{
    const struct point tick[] = {
        {x + 0.16 * size, y + 0.52 * size}, {x + 0.28 * size, y + 0.40 * size},
        {x + 0.42 * size, y + 0.54 * size}, {x + 0.73 * size, y + 0.20 * size},
        {x + 0.85 * size, y + 0.32 * size}, {x + 0.42 * size, y + 0.78 * size},
    };
    canvas_polygon(canvas, tick, sizeof tick / sizeof tick[0], COLOUR_WHITE);
}

/* Each status has a shape of its own; the word beside it carries the meaning. */
void status_draw(struct canvas *canvas, enum rag rag, double x, double y, double size)
{
    double half = size / 2;
    const struct point triangle[] = {{x + half, y}, {x + size, y + size}, {x, y + size}};
    const struct point diamond[] = {
        {x + half, y}, {x + size, y + half}, {x + half, y + size}, {x, y + half}};
    switch (rag) {
    case RAG_GREEN:
        canvas_circle(canvas, x + half, y + half, half, COLOUR_GREEN);
        break;
    case RAG_AMBER:
        canvas_polygon(canvas, triangle, 3, COLOUR_AMBER);
        break;
    case RAG_RED:
        canvas_polygon(canvas, diamond, 4, COLOUR_RED);
        break;
    case RAG_COMPLETED:
        canvas_rectangle(canvas, x, y, size, size, COLOUR_ACCENT);
        add_tick(canvas, x, y, size);
        break;
    case RAG_ON_HOLD:
        canvas_rectangle(canvas, x + 0.1 * size, y, 0.28 * size, size, COLOUR_MUTED);
        canvas_rectangle(canvas, x + 0.62 * size, y, 0.28 * size, size, COLOUR_MUTED);
        break;
    case RAG_NOT_STARTED:
        canvas_rectangle(canvas, x, y, size, size, COLOUR_MUTED);
        canvas_rectangle(canvas, x + 1.1, y + 1.1, size - 2.2, size - 2.2, COLOUR_WHITE);
        break;
    default:
        canvas_circle(canvas, x + half, y + half, half, COLOUR_MUTED);
        canvas_circle(canvas, x + half, y + half, half - 1.1, COLOUR_WHITE);
        break;
    }
}

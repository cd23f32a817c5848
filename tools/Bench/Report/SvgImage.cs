using System.Globalization;
using System.Text;

namespace Bench.Report;

/// <summary>What all images of the page have in common: size, font, ground and heading.</summary>
internal static class SvgImage
{
    /// <summary>Width of an image.</summary>
    public const int Width = 760;

    /// <summary>Begins an image; whoever draws it ends it with <see cref="End"/>.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="height">Its height.</param>
    public static StringBuilder Begin(string title, int height) => new StringBuilder()
        .Append(CultureInfo.InvariantCulture, $"<svg xmlns='http://www.w3.org/2000/svg' width='{Width}' ")
        .Append(CultureInfo.InvariantCulture, $"height='{height}' font-family='sans-serif' font-size='13'>\n")
        .Append("<rect width='100%' height='100%' fill='white'/>\n")
        .Append(CultureInfo.InvariantCulture, $"<text x='8' y='20' font-weight='bold'>{title}</text>\n");

    /// <summary>Ends an image.</summary>
    public static string End(StringBuilder svg) => svg.Append("</svg>\n").ToString();
}

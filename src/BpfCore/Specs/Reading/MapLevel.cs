namespace BpfCore.Specs.Reading;

/// <summary>Whether a map stands by itself or inside a map of maps.</summary>
internal enum MapLevel
{
    /// <summary>By itself.</summary>
    Outer,

    /// <summary>As the template of the maps inside another one.</summary>
    Inner,
}

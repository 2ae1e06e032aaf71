// Fruit, a jug and a cloth by a window: soft gradients, fabric, blur in depth.
#version 3.7;
#include "functions.inc"
#include "rand.inc"
global_settings { assumed_gamma 1.0 max_trace_level 6 }

camera {
  location <0.2, 3.1, -8.4> look_at <0.15, 1.05, 0> right x*4/3 up y angle 38
  aperture 0.34 blur_samples 40 confidence 0.92 variance 1/400 focal_point <0, 0.8, -1.2>
}
light_source {
  <-9, 8, -5> rgb <1.75, 1.62, 1.40>
  area_light x*2.5, y*2.5, 4, 4 adaptive 1 jitter circular orient
}
light_source { <8, 6, -8> rgb <0.20, 0.24, 0.32> shadowless }
light_source { <0, 12, -2> rgb <0.16, 0.15, 0.14> shadowless }

// Wall.
plane {
  -z, -4.5
  pigment { granite turbulence 0.5 color_map { [0 rgb <0.21, 0.23, 0.22>] [1 rgb <0.30, 0.31, 0.28>] } scale 6 }
  normal { granite 0.10 scale 2 }
  finish { diffuse 0.85 ambient 0 }
}

// A woven cloth with folds.
#declare Fold = function(x, z) {
  0.16*sin(x*1.15 + 0.9*sin(z*0.8)) + 0.10*sin(x*2.6 + z*1.4) + 0.20*f_noise3d(x*0.7, 2, z*0.8)
}
isosurface {
  function { y - Fold(x, z)*(0.25 + 0.75*min(1, max(0, (-z - 0.4)*0.9 + abs(x)*0.25))) }
  contained_by { box { <-9, -0.5, -6>, <9, 0.8, 4.4> } }
  max_gradient 2.2
  texture {
    pigment {
      function { abs(sin(x*62))*0.5 + abs(sin(z*62))*0.5 }
      color_map { [0 rgb <0.20, 0.27, 0.36>] [0.6 rgb <0.48, 0.54, 0.60>] [1 rgb <0.62, 0.66, 0.70>] }
    }
    finish { diffuse 0.85 ambient 0 }
  }
  texture {
    pigment {
      gradient x color_map {
        [0.00 rgbt 1] [0.80 rgbt 1] [0.80 rgbt <0.45, 0.07, 0.06, 0.12>] [0.88 rgbt <0.45, 0.07, 0.06, 0.12>]
        [0.88 rgbt 1] [0.92 rgbt 1] [0.92 rgbt <0.45, 0.07, 0.06, 0.15>] [0.95 rgbt <0.45, 0.07, 0.06, 0.15>] [0.95 rgbt 1] [1 rgbt 1]
      }
      scale 1.9 rotate y*24
    }
    finish { diffuse 0.85 ambient 0 }
  }
}

#macro Apple(Seed, Where, Turn)
  union {
    isosurface {
      function { pow(sqrt(x*x + z*z) - 0.50, 2) + pow(y*0.92 + 0.06*x, 2) - 0.26 + 0.014*sin(5*atan2(z, x))*max(0, -y) }
      contained_by { sphere { 0, 1.25 } } max_gradient 3
      texture {
        pigment {
          granite turbulence 0.4 scale <0.22, 1.7, 0.22> translate Seed
          color_map { [0 rgb <0.44, 0.035, 0.03>] [0.55 rgb <0.56, 0.09, 0.04>] [0.8 rgb <0.66, 0.34, 0.08>] [1 rgb <0.70, 0.52, 0.14>] }
        }
        finish { diffuse 0.85 ambient 0 specular 0.5 roughness 0.012 reflection 0.03 }
      }
      texture { pigment { bozo color_map { [0.86 rgbt 1] [0.90 rgbt <0.80, 0.66, 0.36, 0.35>] } scale 0.05 } finish { diffuse 0.8 ambient 0 } }
    }
    sphere_sweep { cubic_spline 5, <0, 0.1, 0>, 0.05, <0, 0.3, 0>, 0.04, <0.04, 0.6, 0.02>, 0.035, <0.14, 0.85, 0.05>, 0.05, <0.2, 1, 0.1>, 0.05
      pigment { rgb <0.10, 0.065, 0.035> } finish { diffuse 0.8 ambient 0 } }
    scale 0.72 rotate Turn translate Where
  }
#end
Apple(3, <-1.35, 0.80, -1.35>, <14, 20, -8>)
Apple(9, <-0.15, 0.82, -0.35>, <-18, 120, 22>)

// Oranges.
#macro Orange(Where, Size, Tint)
  sphere { 0, Size
    pigment { bozo scale 0.4 color_map { [0 rgb <0.78, 0.29, 0.02>*Tint] [1 rgb <0.86, 0.38, 0.04>*Tint] } }
    normal { crackle -0.32 scale 0.055 }
    finish { diffuse 0.85 ambient 0 specular 0.35 roughness 0.035 }
    rotate Where*90 translate Where }
#end
Orange(<1.25, 0.80, -1.55>, 0.66, 1)
Orange(<-2.45, 0.78, 0.15>, 0.68, 0.95)

// A glazed jug.
lathe {
  cubic_spline 9, <0.0, -0.2>, <0.72, 0>, <1.05, 0.75>, <1.02, 1.45>, <0.55, 2.15>, <0.48, 2.55>, <0.66, 2.95>, <0.60, 2.98>, <0.40, 2.5>
  texture {
    pigment {
      gradient y turbulence <0.05, 0.05, 0.05> scale 3.2
      color_map { [0 rgb <0.46, 0.36, 0.26>] [0.24 rgb <0.46, 0.36, 0.26>] [0.27 rgb <0.06, 0.17, 0.20>] [0.55 rgb <0.08, 0.24, 0.27>] [0.9 rgb <0.14, 0.33, 0.33>] [1 rgb <0.30, 0.30, 0.24>] }
    }
    normal { granite 0.04 scale 0.6 }
    finish { diffuse 0.8 ambient 0 specular 0.7 roughness 0.004 reflection { 0.01, 0.16 fresnel on } conserve_energy }
  }
  interior { ior 1.5 }
  scale 0.98 translate <1.65, 0.05, 0.65>
}
torus { 0.52, 0.085 rotate x*90 scale <1, 1.25, 1> translate <2.62, 1.85, 0.65>
  pigment { rgb <0.08, 0.25, 0.28> } finish { diffuse 0.8 ambient 0 specular 0.7 roughness 0.005 reflection 0.04 } }

// Grapes.
#declare R = seed(51);
#for (I, 0, 25)
  sphere { <0.15 + (rand(R) - 0.5)*1.7, 0.30 + 0.5*rand(R)*rand(R), -2.25 + (rand(R) - 0.5)*0.75>, 0.20 + 0.045*rand(R)
    pigment { bozo scale 0.2 color_map { [0 rgb <0.10, 0.03, 0.10>] [1 rgb <0.20, 0.08, 0.18>] } }
    finish { diffuse 0.8 ambient 0 specular 0.6 roughness 0.01 reflection 0.05 } }
#end
